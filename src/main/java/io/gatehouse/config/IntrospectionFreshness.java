package io.gatehouse.config;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the authorization server about the token of a caller. Thread-safe. */
final class IntrospectionFreshness implements FreshnessCheck {

    private static final System.Logger LOG = ApplicationLog.of(IntrospectionFreshness.class);

    /** Until somebody sets the property, any time is as good as another. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Function<String, @Nullable IntrospectionTokenValidator> issuers;
    private final BearerChallenge challenge;

    private final Reminder reminder;

    IntrospectionFreshness(
            Function<String, @Nullable IntrospectionTokenValidator> issuers, BearerChallenge challenge, Clock clock) {
        this.issuers = issuers;
        this.challenge = challenge;
        this.reminder = Reminder.everyMinute(clock);
    }

    @Override
    public Optional<Refusal> refusal(@Nullable Principal caller, @Nullable ValidatedToken token, Duration maximumAge) {
        ValidatedToken presented =
                token == null && caller instanceof CallerJsonWebToken principal ? principal.token() : token;
        if (presented == null) {
            return Optional.empty();
        }
        String issuer = presented.issuer().name();
        IntrospectionTokenValidator introspection = issuers.apply(issuer);
        if (introspection == null) {
            remind(issuer);
            return refusal(new TokenValidationResult.Unavailable(PAUSE));
        }
        return refusal(introspection.validate(presented.accessToken(), maximumAge));
    }

    /** Once a minute: callers must not fill the log. */
    private void remind(String issuer) {
        if (reminder.isDue()) {
            LOG.log(
                    ERROR,
                    "GATE0305 a resource is @Introspected, but {0} is not set for the issuer \"{1}\"; its callers get 503",
                    endpointOf(issuer),
                    issuer);
        }
    }

    private static String endpointOf(String issuer) {
        ConfigProperty endpoint = ConfigProperty.INTROSPECTION_ENDPOINT;
        return issuer.equals(GatehouseConfigReader.DEFAULT_ISSUER_NAME)
                ? endpoint.propertyName()
                : endpoint.nameFor(issuer).template();
    }

    private Optional<Refusal> refusal(TokenValidationResult result) {
        return result.match(
                valid -> Optional.empty(),
                invalid -> Optional.of(Refusal.invalidToken(challenge, invalid.reason())),
                unavailable -> Optional.of(Refusal.unavailable(unavailable.retryAfter())));
    }
}
