package io.gatehouse.inbound;

import static java.util.Map.entry;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of headers, attributes and a connection, at first https from afar; asking it for a parameter, a cookie or the body is a failure. */
final class FakeRequest {

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private String method = "GET";
    private String servletPath = "";
    private @Nullable String pathInfo;
    private @Nullable Principal principal;
    private boolean secure = true;
    private String remoteAddress = "203.0.113.7";

    FakeRequest header(String name, String... values) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(List.of(values));
        return this;
    }

    /** Another request of the same connection. */
    FakeRequest copyWithoutHeaders() {
        FakeRequest copy = new FakeRequest().from(remoteAddress);
        copy.secure = secure;
        return copy;
    }

    FakeRequest from(String address) {
        remoteAddress = address;
        return this;
    }

    FakeRequest overPlainHttp() {
        secure = false;
        return this;
    }

    FakeRequest asking(String newMethod, String newServletPath, @Nullable String newPathInfo) {
        method = newMethod;
        servletPath = newServletPath;
        pathInfo = newPathInfo;
        return this;
    }

    /** The container knows the caller. */
    FakeRequest by(Principal newPrincipal) {
        principal = newPrincipal;
        return this;
    }

    private List<String> headers(Object name) {
        return headers.getOrDefault(name.toString().toLowerCase(Locale.ROOT), List.of());
    }

    HttpServletRequest request() {
        return Fakes.of(
                HttpServletRequest.class,
                Map.ofEntries(
                        entry("getHeaders", arguments -> Collections.enumeration(headers(arguments[0]))),
                        entry("getHeader", arguments -> headers(arguments[0]).stream()
                                .findFirst()
                                .orElse(null)),
                        entry("isSecure", arguments -> secure),
                        entry("getRemoteAddr", arguments -> remoteAddress),
                        entry("getMethod", arguments -> method),
                        entry("getServletPath", arguments -> servletPath),
                        entry("getPathInfo", arguments -> pathInfo),
                        entry("getUserPrincipal", arguments -> principal),
                        entry("isUserInRole", arguments -> false),
                        entry("getAttribute", arguments -> attributes.get(arguments[0])),
                        entry("removeAttribute", arguments -> attributes.remove(arguments[0])),
                        entry("setAttribute", arguments -> attributes.put((String) arguments[0], arguments[1]))));
    }
}
