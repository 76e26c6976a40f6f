package io.gatehouse.inbound;

import io.gatehouse.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leaves word of the caller in the request, for whoever asks later. Stateless. */
final class CallerInRequest {

    private static final String ATTRIBUTE = Caller.class.getName();

    private CallerInRequest() {}

    static void leave(AuthenticationOutcome.Accepted caller, HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    static void remove(HttpServletRequest request) {
        request.removeAttribute(ATTRIBUTE);
    }

    /** Whom we let in and did not tell the container of; null where there is no such caller. */
    static @Nullable Principal unknownToContainer(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AuthenticationOutcome.Accepted accepted
                        && !MechanismMark.isIn(request)
                ? accepted.principal()
                : null;
    }

    /** Who logged in here; somebody whom the container knows by other means has a name alone. */
    static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof AuthenticationOutcome.Accepted accepted) {
            return accepted.caller();
        }
        Principal principal = request.getUserPrincipal();
        return principal == null ? Caller.anonymous() : Caller.withoutToken(principal.getName(), Set.of());
    }
}
