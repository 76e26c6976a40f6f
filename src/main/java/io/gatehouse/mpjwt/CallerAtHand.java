package io.gatehouse.mpjwt;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Knows whom the request under way was let in for. Implementations are thread-safe. */
@FunctionalInterface
public interface CallerAtHand {

    /** Null where the container is the one to ask. */
    @Nullable Principal principal();
}
