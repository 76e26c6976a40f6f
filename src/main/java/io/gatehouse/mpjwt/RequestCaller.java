package io.gatehouse.mpjwt;

import jakarta.enterprise.context.RequestScoped;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Whoever makes the request under way, where the container does not know. For one request, and so for one thread.
 *
 * <p>It is told where the application has a token injected, or where CDI's request context may go to other threads. CDI takes
 * its time over it, so elsewhere a token that somebody looks up is found in the request ({@link CallerAtHand}).
 */
@RequestScoped
public class RequestCaller {

    private @Nullable Principal principal;

    /** From now on, this one. */
    public void set(Principal caller) {
        principal = caller;
    }

    /** Null where nobody said. */
    public @Nullable Principal principal() {
        return principal;
    }
}
