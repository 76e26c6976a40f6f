package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import java.util.Optional;

/** What one resource method asks of its callers. Implementations are thread-safe. */
@FunctionalInterface
public interface AccessRule {

    /**
     * The answer for a caller who may not; empty for one who may. An exception refuses as well, with 503.
     *
     * @param request the request under way; its caller may be nobody
     */
    Optional<Refusal> refusal(AccessRequest request);
}
