package io.gatehouse.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The short strings that were read lately: algorithms, audiences and groups are the same in most tokens, and need not be
 * made, nor kept, once for each. Bounded in count and length; a string that takes the place of another is no more than
 * made anew.
 *
 * <p>Thread-safe: strings are immutable, and it does not matter which of two equal ones is found.
 */
final class RecentStrings {

    private static final int PLACES = 1024;
    private static final int LONGEST = 24;

    private final @Nullable String[] places = new String[PLACES];

    /** The string of these characters, which are ASCII. */
    String of(byte[] ascii, int from, int length) {
        if (length > LONGEST) {
            return new String(ascii, from, length, StandardCharsets.ISO_8859_1);
        }
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + ascii[i];
        }
        int place = (hash ^ hash >>> 15) & (PLACES - 1);
        String known = places[place];
        if (known != null && known.length() == length && isAt(ascii, from, known)) {
            return known;
        }
        String made = new String(ascii, from, length, StandardCharsets.ISO_8859_1);
        places[place] = made;
        return made;
    }

    private static boolean isAt(byte[] ascii, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (ascii[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
