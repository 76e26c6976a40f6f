package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a request among its own attributes, where JAX-RS has its properties from: whoever is handed those has the request
 * itself, and need not ask CDI for it with every call. Stateless.
 */
final class RequestAtHand {

    private static final String ATTRIBUTE = RequestAtHand.class.getName();

    private RequestAtHand() {}

    static void leaveIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, request);
    }

    /** The request with these attributes; null where nobody left it, or these are not its attributes. */
    static @Nullable HttpServletRequest of(Function<String, @Nullable Object> attributes) {
        return attributes.apply(ATTRIBUTE) instanceof HttpServletRequest request ? request : null;
    }
}
