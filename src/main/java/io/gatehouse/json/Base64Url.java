package io.gatehouse.json;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515 §2, RFC 4648 §5), accepted in its one canonical form only.
 *
 * <p>Padding, the other alphabet, white space and stray bits in the last character are refused, so that no two texts
 * decode to the same bytes: a token cannot be rewritten and still pass (RFC 4648 §3.5).
 */
public final class Base64Url {

    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    /** Decodes the whole text, or answers empty where it is not canonical. */
    public static Optional<byte[]> decode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (valueOf(text.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        return isCanonicalEnd(text) ? Optional.of(DECODER.decode(text)) : Optional.empty();
    }

    /** Encodes without padding. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** The bits of the last character that stand for nothing have to be zero, and one character alone is no byte. */
    private static boolean isCanonicalEnd(String text) {
        int unusedBits;
        switch (text.length() % 4) {
            case 0 -> unusedBits = 0;
            case 2 -> unusedBits = 0b1111;
            case 3 -> unusedBits = 0b11;
            default -> {
                return false;
            }
        }
        return unusedBits == 0 || (valueOf(text.charAt(text.length() - 1)) & unusedBits) == 0;
    }

    private static int valueOf(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : c == '_' ? 63 : -1;
    }
}
