package io.gatehouse.demo.issuer;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was sent to the token endpoint.
 *
 * @param form the parameters of the body, each present once
 * @param basic the client's credentials, if it sent some
 */
record TokenRequest(Map<String, String> form, Optional<Basic> basic) {

    private static final String FORM = "application/x-www-form-urlencoded";

    record Basic(String id, String secret) {}

    TokenRequest {
        form = Map.copyOf(form);
    }

    /** Reads a request, or nothing when it is not one of RFC 6749's. */
    static Optional<TokenRequest> read(HttpServletRequest request) {
        String type = request.getContentType();
        // RFC 6749 §2.3.1: credentials never in the request URI.
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase(FORM) || request.getQueryString() != null) {
            return Optional.empty();
        }
        try {
            Optional<Basic> basic =
                    Optional.ofNullable(request.getHeader("Authorization")).map(TokenRequest::basic);
            return Optional.of(new TokenRequest(form(request), basic));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(form.get(name));
    }

    private static Map<String, String> form(HttpServletRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            // RFC 6749 §3.2: parameters MUST NOT be included more than once.
            if (values.length != 1) {
                throw new IllegalArgumentException("repeated parameter");
            }
            form.put(name, values[0]);
        });
        return form;
    }

    private static Basic basic(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw new IllegalArgumentException("another scheme");
        }
        byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
        String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        if (pair.length != 2) {
            throw new IllegalArgumentException("no colon");
        }
        // RFC 6749 §2.3.1: both are form-encoded before they become Basic credentials.
        return new Basic(
                URLDecoder.decode(pair[0], StandardCharsets.UTF_8), URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
}
