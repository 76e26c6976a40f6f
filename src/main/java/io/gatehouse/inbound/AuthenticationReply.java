package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that ends a request at the gate: status and headers, no body, nothing of the token.
 *
 * <p>It is also left in the request, because a container may overrule a mechanism that refuses where the URL itself is
 * not protected (every JAX-RS call is such a one): {@link RefusalFilter} then has the last word.
 */
record AuthenticationReply(
        int status, @Nullable String challenge, @Nullable Duration retryAfter) {

    private static final String ATTRIBUTE = AuthenticationReply.class.getName();

    static AuthenticationReply unauthorized(String challenge) {
        return new AuthenticationReply(HttpServletResponse.SC_UNAUTHORIZED, challenge, null);
    }

    static AuthenticationReply badRequest(String challenge) {
        return new AuthenticationReply(HttpServletResponse.SC_BAD_REQUEST, challenge, null);
    }

    /** No challenge: the token may be good, and is worth another try. */
    static AuthenticationReply unavailable(Duration retryAfter) {
        return new AuthenticationReply(HttpServletResponse.SC_SERVICE_UNAVAILABLE, null, retryAfter);
    }

    static Optional<AuthenticationReply> leftIn(HttpServletRequest request) {
        return Optional.ofNullable((AuthenticationReply) request.getAttribute(ATTRIBUTE));
    }

    void leaveIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    void writeTo(HttpServletResponse response) {
        response.setStatus(status);
        if (challenge != null) {
            response.setHeader("WWW-Authenticate", challenge);
        }
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.setHeader("Cache-Control", "no-store");
    }
}
