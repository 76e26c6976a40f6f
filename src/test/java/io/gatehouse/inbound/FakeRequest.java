package io.gatehouse.inbound;

import io.gatehouse.testing.Fakes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request of headers and attributes; asking it for a parameter, a cookie or the body is a failure. */
final class FakeRequest {

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();

    FakeRequest header(String name, String... values) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(List.of(values));
        return this;
    }

    HttpServletRequest request() {
        return Fakes.of(
                HttpServletRequest.class,
                Map.of(
                        "getHeaders",
                        arguments -> Collections.enumeration(
                                headers.getOrDefault(arguments[0].toString().toLowerCase(Locale.ROOT), List.of())),
                        "getHeader",
                        arguments ->
                                headers
                                        .getOrDefault(arguments[0].toString().toLowerCase(Locale.ROOT), List.of())
                                        .stream()
                                        .findFirst()
                                        .orElse(null),
                        "getAttribute",
                        arguments -> attributes.get(arguments[0]),
                        "setAttribute",
                        arguments -> attributes.put((String) arguments[0], arguments[1])));
    }
}
