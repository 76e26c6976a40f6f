package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;

/** Left in a request that {@link GatehouseAuthenticationMechanism} has looked at. A type of ours: no client can send one. */
final class MechanismMark {

    private static final String ATTRIBUTE = MechanismMark.class.getName();

    private MechanismMark() {}

    static void leaveIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, new MechanismMark());
    }

    static void remove(HttpServletRequest request) {
        request.removeAttribute(ATTRIBUTE);
    }

    static boolean isIn(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof MechanismMark;
    }
}
