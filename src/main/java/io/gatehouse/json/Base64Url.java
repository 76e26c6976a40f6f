package io.gatehouse.json;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515 §2, RFC 4648 §5), accepted in its one canonical form only.
 *
 * <p>Padding, the other alphabet, white space and stray bits in the last character are refused, so that no two texts
 * decode to the same bytes: a token cannot be rewritten and still pass (RFC 4648 §3.5).
 */
public final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** What each character of ASCII stands for; negative for those that stand for nothing. */
    @SuppressWarnings("MutableConstantField")
    private static final byte[] BITS = bits();

    private Base64Url() {}

    /** Decodes the whole text, or answers empty where it is not canonical. */
    public static Optional<byte[]> decode(String text) {
        byte[] bytes = new byte[decodedLength(text.length())];
        return decode(text, 0, text.length(), bytes) < 0 ? Optional.empty() : Optional.of(bytes);
    }

    /** How many bytes so many characters stand for. */
    public static int decodedLength(int characters) {
        return (int) (3L * characters / 4);
    }

    /**
     * Decodes a part of the text into the array, which has room for it.
     *
     * @return how many bytes that are; negative where the part is not canonical
     */
    public static int decode(String text, int from, int to, byte[] bytes) {
        int at = from;
        int count = 0;
        int all = 0;
        for (; at + 4 <= to; at += 4) {
            char a = text.charAt(at);
            char b = text.charAt(at + 1);
            char c = text.charAt(at + 2);
            char d = text.charAt(at + 3);
            int bits = BITS[a & 0x7F] << 18 | BITS[b & 0x7F] << 12 | BITS[c & 0x7F] << 6 | BITS[d & 0x7F];
            all |= a | b | c | d | bits >> 31 << 16;
            bytes[count] = (byte) (bits >> 16);
            bytes[count + 1] = (byte) (bits >> 8);
            bytes[count + 2] = (byte) bits;
            count += 3;
        }
        if ((all & ~0x7F) != 0) {
            return -1; // a character that is none of ours
        }
        return at == to ? count : decodeEnd(text, at, to, bytes, count);
    }

    /** The bits of the last character that stand for nothing have to be zero, and one character alone is no byte. */
    private static int decodeEnd(String text, int from, int to, byte[] bytes, int before) {
        int rest = to - from;
        if (rest == 1) {
            return -1;
        }
        int bits = bitsOf(text.charAt(from)) << 12 | bitsOf(text.charAt(from + 1)) << 6;
        bits |= rest == 3 ? bitsOf(text.charAt(from + 2)) : 0;
        if (bits < 0 || (bits & (rest == 3 ? 0b11 : 0x3FF)) != 0) {
            return -1;
        }
        int count = before;
        bytes[count++] = (byte) (bits >> 10);
        if (rest == 3) {
            bytes[count++] = (byte) (bits >> 2);
        }
        return count;
    }

    /** One byte of what a text stands for that is known to be canonical, and begins at {@code start}. */
    static int byteAt(String text, int start, int index) {
        int at = start + index / 3 * 4 + index % 3;
        int two = bitsOf(text.charAt(at)) << 6 | bitsOf(text.charAt(at + 1));
        return (two >> (4 - 2 * (index % 3))) & 0xFF;
    }

    /** Some of the bytes of what a text stands for that is known to be canonical, and begins at {@code start}. */
    static byte[] slice(String text, int start, int from, int to) {
        byte[] bytes = new byte[to - from];
        int index = from;
        for (; index < to && index % 3 != 0; index++) {
            bytes[index - from] = (byte) byteAt(text, start, index);
        }
        for (int at = start + index / 3 * 4; index + 3 <= to; at += 4) {
            int bits = fourAt(text, at);
            bytes[index++ - from] = (byte) (bits >> 16);
            bytes[index++ - from] = (byte) (bits >> 8);
            bytes[index++ - from] = (byte) bits;
        }
        for (; index < to; index++) {
            bytes[index - from] = (byte) byteAt(text, start, index);
        }
        return bytes;
    }

    /** What four characters stand for; negative where one of them stands for nothing. */
    private static int fourAt(String text, int at) {
        return bitsOf(text.charAt(at)) << 18
                | bitsOf(text.charAt(at + 1)) << 12
                | bitsOf(text.charAt(at + 2)) << 6
                | bitsOf(text.charAt(at + 3));
    }

    /** Encodes without padding. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static int bitsOf(char c) {
        return c < BITS.length ? BITS[c] : -1;
    }

    private static byte[] bits() {
        byte[] bits = new byte[128];
        Arrays.fill(bits, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            bits[alphabet.charAt(i)] = (byte) i;
        }
        return bits;
    }
}
