package io.gatehouse.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    /** What each character stands for at each of the four places in a group; negative for those that stand for nothing. */
    private static final int[] FIRST = bits(18);

    private static final int[] SECOND = bits(12);
    private static final int[] THIRD = bits(6);
    private static final int[] FOURTH = bits(0);

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        int eights = Math.min((to - from) / 8, (bytes.length - 2) / 6); // each writes two bytes too many
        int at = from;
        int count = 0;
        int wrong = 0;
        for (int i = 0; i < eights; i++, at += 8, count += 6) {
            int one = groupAt(text, at);
            int two = groupAt(text, at + 4);
            wrong |= one | two;
            BIG_ENDIAN.set(bytes, count, ((long) one << 40) | ((long) two << 16));
        }
        for (; at + 4 <= to; at += 4, count += 3) {
            int group = groupAt(text, at);
            wrong |= group;
            bytes[count] = (byte) (group >> 16);
            bytes[count + 1] = (byte) (group >> 8);
            bytes[count + 2] = (byte) group;
        }
        if (wrong < 0) {
            return -1; // a character that is none of ours
        }
        return at == to ? count : decodeEnd(text, at, to, bytes, count);
    }

    /** What four characters stand for; negative where one of them stands for nothing. */
    private static int groupAt(String text, int at) {
        return bitsOf(text.charAt(at), FIRST)
                | bitsOf(text.charAt(at + 1), SECOND)
                | bitsOf(text.charAt(at + 2), THIRD)
                | bitsOf(text.charAt(at + 3), FOURTH);
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

    /** How many characters stand for so many bytes. */
    static int encodedLength(int bytes) {
        return (4 * bytes + 2) / 3;
    }

    /** Encodes without padding. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static int bitsOf(char c) {
        return bitsOf(c, FOURTH);
    }

    /** In a string of bytes no character has more than eight bits, and the compiler knows it: asking costs nothing there. */
    private static int bitsOf(char c, int[] place) {
        return c < place.length ? place[c] : -1;
    }

    private static int[] bits(int shift) {
        int[] bits = new int[256];
        Arrays.fill(bits, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            bits[alphabet.charAt(i)] = i << shift;
        }
        return bits;
    }
}
