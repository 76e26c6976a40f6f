package io.gatehouse.inbound;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request of headers, attributes and a connection, at first https from afar; asking it for a parameter, a cookie or the body is a failure. */
final class FakeRequest {

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
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

    private List<String> headers(Object name) {
        return headers.getOrDefault(name.toString().toLowerCase(Locale.ROOT), List.of());
    }

    HttpServletRequest request() {
        return Fakes.of(
                HttpServletRequest.class,
                Map.of(
                        "getHeaders",
                        arguments -> Collections.enumeration(headers(arguments[0])),
                        "getHeader",
                        arguments -> headers(arguments[0]).stream().findFirst().orElse(null),
                        "isSecure",
                        arguments -> secure,
                        "getRemoteAddr",
                        arguments -> remoteAddress,
                        "getAttribute",
                        arguments -> attributes.get(arguments[0]),
                        "setAttribute",
                        arguments -> attributes.put((String) arguments[0], arguments[1])));
    }
}
