package io.gatehouse.config;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.inbound.BearerChallenge;
import io.gatehouse.introspection.IntrospectionTokenValidator;
import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the authorization server about the token of a caller. Thread-safe. */
final class IntrospectionFreshness implements FreshnessCheck {

    private static final System.Logger LOG = System.getLogger(IntrospectionFreshness.class.getName());

    private final Function<String, @Nullable IntrospectionTokenValidator> issuers;
    private final BearerChallenge challenge;

    IntrospectionFreshness(Function<String, @Nullable IntrospectionTokenValidator> issuers, BearerChallenge challenge) {
        this.issuers = issuers;
        this.challenge = challenge;
    }

    @Override
    public Optional<Refusal> refusal(Principal caller, Duration maximumAge) {
        if (!(caller instanceof CallerJsonWebToken token)) {
            return Optional.empty();
        }
        IntrospectionTokenValidator introspection = issuers.apply(token.issuerName());
        if (introspection == null) {
            LOG.log(
                    ERROR,
                    "GATE0305 a resource is @Introspected, but {0} is not set",
                    ConfigProperty.INTROSPECTION_ENDPOINT.propertyName());
            return Optional.of(new Refusal(503, Map.of()));
        }
        return refusal(introspection.validate(AccessToken.of(token.getRawToken()), maximumAge));
    }

    private Optional<Refusal> refusal(TokenValidationResult result) {
        return result.match(
                valid -> Optional.empty(),
                invalid -> Optional.of(new Refusal(
                        401,
                        Map.of(
                                "WWW-Authenticate",
                                challenge.invalidToken(invalid.reason()),
                                "Cache-Control",
                                "no-store"))),
                unavailable -> Optional.of(new Refusal(
                        503,
                        Map.of(
                                "Retry-After",
                                Long.toString(
                                        Math.max(1, unavailable.retryAfter().toSeconds()))))));
    }
}
