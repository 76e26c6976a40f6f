package io.gatehouse.inbound;

import io.gatehouse.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Set;

/** Leaves word of the caller in the request, for whoever asks later. Stateless. */
final class CallerInRequest {

    private static final String ATTRIBUTE = Caller.class.getName();

    private CallerInRequest() {}

    static void leave(Caller caller, HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    static void remove(HttpServletRequest request) {
        request.removeAttribute(ATTRIBUTE);
    }

    /** Who logged in here; somebody whom the container knows by other means has a name alone. */
    static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        Principal principal = request.getUserPrincipal();
        return principal == null ? Caller.anonymous() : Caller.withoutToken(principal.getName(), Set.of());
    }
}
