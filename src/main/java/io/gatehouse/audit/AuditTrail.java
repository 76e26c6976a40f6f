package io.gatehouse.audit;

import java.util.function.Supplier;

/**
 * Told of every decision about a token. Implementations are thread-safe, do not throw, and make no event that nobody
 * wants.
 */
public interface AuditTrail {

    /** A caller was let in by a token. */
    void accepted(Supplier<TokenAccepted> event);

    /** A request with a token was refused. */
    void refused(Supplier<TokenRefused> event);

    /** Nobody wants to know. */
    static AuditTrail none() {
        return new AuditTrail() {
            @Override
            public void accepted(Supplier<TokenAccepted> event) {}

            @Override
            public void refused(Supplier<TokenRefused> event) {}
        };
    }
}
