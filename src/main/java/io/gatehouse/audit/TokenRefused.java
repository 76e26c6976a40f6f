package io.gatehouse.audit;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CDI event: a request that brought a token is refused, by the gate or by what the resource asks of its callers. It
 * holds nothing of the token. Requests without a token are not told.
 *
 * <p>Observed synchronously, on the thread of the request: {@code void on(@Observes TokenRefused event)}. What an observer
 * does or throws changes nothing about the answer.
 *
 * @param code one of {@code docs/refusals.md}, such as {@code GATE-AUDIENCE}
 * @param status of the answer: 400, 401, 403 or 503
 * @param correlationId the {@code correlation_id} of the answer
 * @param issuer what the configuration calls the issuer that the token names; null where it names none that is trusted
 */
public record TokenRefused(
        String code,
        int status,
        String correlationId,
        @Nullable String issuer) {
    public TokenRefused {
        Objects.requireNonNull(code);
        Objects.requireNonNull(correlationId);
    }

    /** What the configuration calls the issuer that the token names: nobody has verified that it is he. */
    public Optional<String> issuerName() {
        return Optional.ofNullable(issuer);
    }
}
