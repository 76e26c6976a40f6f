package io.gatehouse.audit;

import java.util.Objects;

/**
 * A CDI event: the gate has let a caller in by a token. Fired with each such request, before the resource is reached; what
 * the resource asks of its callers may still keep him out ({@link TokenRefused}).
 *
 * <p>Observed synchronously, on the thread of the request: {@code void on(@Observes TokenAccepted event)}.
 *
 * @param issuerName what the configuration calls the issuer
 * @param callerName the caller's name, as the application sees it
 */
public record TokenAccepted(String issuerName, String callerName) {
    public TokenAccepted {
        Objects.requireNonNull(issuerName);
        Objects.requireNonNull(callerName);
    }
}
