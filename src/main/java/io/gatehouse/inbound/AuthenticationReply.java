package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that ends a request at the gate: status and headers, no body, nothing of the token.
 *
 * <p>It is also left in the request, because a container may overrule a mechanism that refuses where the URL itself is
 * not protected (every JAX-RS call is such a one): {@link RefusalFilter} then has the last word.
 */
record AuthenticationReply(
        int status, List<String> challenges, @Nullable Duration retryAfter) {

    private static final String ATTRIBUTE = AuthenticationReply.class.getName();

    /** RFC 6585 §4; the Servlet API has no name for it. */
    private static final int SC_TOO_MANY_REQUESTS = 429;

    AuthenticationReply {
        challenges = List.copyOf(challenges);
    }

    static AuthenticationReply unauthorized(String challenge) {
        return new AuthenticationReply(HttpServletResponse.SC_UNAUTHORIZED, List.of(challenge), null);
    }

    static AuthenticationReply badRequest(String challenge) {
        return new AuthenticationReply(HttpServletResponse.SC_BAD_REQUEST, List.of(challenge), null);
    }

    /** No challenge: the token may be good, and is worth another try. */
    static AuthenticationReply unavailable(Duration retryAfter) {
        return new AuthenticationReply(HttpServletResponse.SC_SERVICE_UNAVAILABLE, List.of(), retryAfter);
    }

    /** No challenge either: another attempt now would not be heard. The time is rounded up, or it would come too early. */
    static AuthenticationReply tooManyRequests(Duration retryAfter) {
        return new AuthenticationReply(SC_TOO_MANY_REQUESTS, List.of(), retryAfter.plusNanos(999_999_999));
    }

    /** This reply with one more challenge, if it challenges at all. */
    AuthenticationReply offering(String furtherChallenge) {
        if (challenges.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(challenges);
        more.add(furtherChallenge);
        return new AuthenticationReply(status, more, retryAfter);
    }

    boolean isUnauthorized() {
        return status == HttpServletResponse.SC_UNAUTHORIZED;
    }

    static Optional<AuthenticationReply> leftIn(HttpServletRequest request) {
        return Optional.ofNullable((AuthenticationReply) request.getAttribute(ATTRIBUTE));
    }

    void leaveIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    void writeTo(HttpServletResponse response) {
        response.setStatus(status);
        writeChallengesTo(response);
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.setHeader("Cache-Control", "no-store");
    }

    /** A line for each: clients that know one scheme only read the first challenge of a line. May be written twice. */
    private void writeChallengesTo(HttpServletResponse response) {
        for (int i = 0; i < challenges.size(); i++) {
            if (i == 0) {
                response.setHeader("WWW-Authenticate", challenges.get(i));
            } else {
                response.addHeader("WWW-Authenticate", challenges.get(i));
            }
        }
    }
}
