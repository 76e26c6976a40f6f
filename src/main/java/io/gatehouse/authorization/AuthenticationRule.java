package io.gatehouse.authorization;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ClaimsSet;
import java.lang.reflect.AnnotatedElement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link RequiresAuthentication}: how, and how long ago, the user logged in (RFC 9470). Immutable.
 *
 * @param acrValues any one of them will do; empty where it does not matter
 * @param maximumAge null where it does not matter
 */
record AuthenticationRule(List<String> acrValues, @Nullable Duration maximumAge, Clock clock) implements AccessRule {

    /** How far the issuer's clock may be ahead of ours. A login in the future is none. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    AuthenticationRule {
        acrValues = List.copyOf(acrValues);
        if (!acrValues.stream().allMatch(BearerChallenge::isWord)) {
            throw new MisdeclaredException("an acr that cannot stand in a challenge");
        }
    }

    /** The rule of a method or a type; null where it has none of its own. */
    static @Nullable AccessRule of(AnnotatedElement element) {
        RequiresAuthentication login = element.getDeclaredAnnotation(RequiresAuthentication.class);
        return login == null
                ? null
                : new AuthenticationRule(List.of(login.acr()), duration(login.maxAge()), Clock.systemUTC());
    }

    private static @Nullable Duration duration(String maxAge) {
        if (maxAge.isEmpty()) {
            return null;
        }
        try {
            Duration duration = Duration.parse(maxAge);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException notIso8601) {
            // as good as a negative one
        }
        throw new MisdeclaredException("maxAge=\"" + maxAge + "\" is no ISO 8601 duration such as PT5M");
    }

    @Override
    public Optional<Refusal> refusal(AccessRequest request) {
        if (request.caller().isEmpty()) {
            return Optional.of(Refusal.credentialsNeeded(request.challenge()));
        }
        if (acrValues.isEmpty() && maximumAge == null) {
            return Optional.empty();
        }
        return request.token().filter(token -> isEnough(token.claims())).isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.authenticationTooWeak(request.challenge(), acrValues, maximumAge));
    }

    private boolean isEnough(ClaimsSet claims) {
        boolean kind = acrValues.isEmpty()
                || claims.string("acr").filter(acrValues::contains).isPresent();
        return kind && isRecent(claims.instant("auth_time").orElse(null));
    }

    private boolean isRecent(@Nullable Instant login) {
        if (maximumAge == null) {
            return true;
        }
        Instant now = clock.instant();
        return login != null
                && !login.isAfter(now.plus(AHEAD))
                && Duration.between(login, now).compareTo(maximumAge) <= 0;
    }
}
