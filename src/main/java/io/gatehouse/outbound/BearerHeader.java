package io.gatehouse.outbound;

import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Authorization: Bearer …} (RFC 6750 §2.1). Pure. */
final class BearerHeader {

    private static final String SCHEME = "Bearer ";

    /** Nothing that would end the header, or begin another one. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private BearerHeader() {}

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** @throws IllegalArgumentException where the text fits into no header; it is not named */
    static String requireToken(String text) {
        if (!isToken(text)) {
            throw new IllegalArgumentException("a token is of visible ASCII characters, and of one at least");
        }
        return text;
    }

    static String of(String token) {
        return SCHEME + token;
    }

    /** The token of a header that was sent; empty where it was none of ours. */
    static Optional<String> token(String header) {
        return header.startsWith(SCHEME) ? Optional.of(header.substring(SCHEME.length())) : Optional.empty();
    }
}
