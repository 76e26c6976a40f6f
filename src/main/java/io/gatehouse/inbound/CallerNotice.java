package io.gatehouse.inbound;

import java.security.Principal;

/** Is told who calls where the container is not, and may let it go by. Implementations are thread-safe. */
@FunctionalInterface
public interface CallerNotice {

    /** For the rest of the request under way. */
    void calledBy(Principal caller);
}
