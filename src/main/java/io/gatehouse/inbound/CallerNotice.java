package io.gatehouse.inbound;

import java.security.Principal;

/** Is told who calls where the container is not: in mode {@code jaxrs}. Implementations are thread-safe. */
@FunctionalInterface
public interface CallerNotice {

    /** For the rest of the request under way. */
    void calledBy(Principal caller);
}
