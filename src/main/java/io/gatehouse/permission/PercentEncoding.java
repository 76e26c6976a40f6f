package io.gatehouse.permission;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes one path segment of any text (RFC 3986 §2.1, §3.3): no two texts get the same one. Pure. */
enum PercentEncoding {
    /** Everything but the unreserved characters is encoded: what is sent. */
    STRICT("-._~"),

    /** {@code @} and {@code :} stay as well, as they do in the names that people give to resources. */
    READABLE("-._~@:");

    private static final String HEX = "0123456789ABCDEF";

    private final String kept;

    PercentEncoding(String kept) {
        this.kept = kept;
    }

    /** Empty where the text cannot be written as UTF-8, is nothing, or would mean another place in the path. */
    Optional<String> segment(String text) {
        if (text.isEmpty()
                || text.equals(".")
                || text.equals("..")
                || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        try {
            return Optional.of(encode(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text))));
        } catch (CharacterCodingException halfACharacter) {
            return Optional.empty();
        }
    }

    private String encode(ByteBuffer bytes) {
        StringBuilder encoded = new StringBuilder();
        while (bytes.hasRemaining()) {
            int b = bytes.get() & 0xFF;
            if (isKept((char) b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xF));
            }
        }
        return encoded.toString();
    }

    private boolean isKept(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kept.indexOf(c) >= 0;
    }
}
