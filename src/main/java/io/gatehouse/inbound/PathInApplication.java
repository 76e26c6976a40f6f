package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;

/** The path of a request below the context path, decoded by the container, whichever servlet it is for. */
final class PathInApplication {

    private PathInApplication() {}

    static String of(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }
}
