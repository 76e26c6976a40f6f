package io.gatehouse.inbound;

import java.util.List;

/**
 * Reads a {@code Cookie} header as browsers write it (RFC 6265 §4.2.1), and as older clients do (RFC 2965, with
 * {@code $Version} and quotes). Containers differ in what they drop, so the header is read here. Pure.
 */
final class CookieHeader {

    private CookieHeader() {}

    /** Adds the values of every cookie of this name, in their order. Names are compared exactly. */
    static void collect(String header, String name, List<String> values) {
        for (String pair : header.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && OptionalWhitespace.removedFrom(pair.substring(0, equals)).equals(name)) {
                values.add(unquoted(OptionalWhitespace.removedFrom(pair.substring(equals + 1))));
            }
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
