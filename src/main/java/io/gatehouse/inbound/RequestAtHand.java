package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a request among its own attributes, where JAX-RS has its properties from: whoever is handed those has the request
 * itself, and need not ask CDI for it with every call.
 */
final class RequestAtHand {

    private static final String ATTRIBUTE = RequestAtHand.class.getName();

    private final HttpServletRequest request;

    private RequestAtHand(HttpServletRequest request) {
        this.request = request;
    }

    static void leaveIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, new RequestAtHand(request));
    }

    /** The request with these attributes; null where nobody of this application left it, or these are not its attributes. */
    static @Nullable HttpServletRequest of(Function<String, @Nullable Object> attributes) {
        return attributes.apply(ATTRIBUTE) instanceof RequestAtHand left ? left.request : null;
    }
}
