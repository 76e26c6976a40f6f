package io.gatehouse.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The short strings that were read lately: algorithms, audiences and groups are the same in most tokens, and need not be
 * made, nor kept, once for each; and so are whole lists of groups. Bounded in count and length; a string that takes the
 * place of another is no more than made anew.
 *
 * <p>Thread-safe: strings and lists are immutable, and it does not matter which of two equal ones is found.
 */
final class RecentStrings {

    private static final int PLACES = 2048;
    private static final int LONGEST = 24;
    private static final int LISTS = 1024;
    private static final int LONGEST_LIST = 64;

    private final @Nullable String[] places = new String[PLACES];
    private final @Nullable ReadArray[] lists = new ReadArray[LISTS];

    /** The string of these characters, which are ASCII. */
    String of(byte[] ascii, int from, int length) {
        if (length > LONGEST) {
            return new String(ascii, from, length, StandardCharsets.ISO_8859_1);
        }
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + ascii[i];
        }
        int place = pair(hash) & (PLACES - 1);
        String first = places[place];
        if (first != null && first.length() == length && isAt(ascii, from, first)) {
            return first;
        }
        String second = places[place + 1];
        if (second != null && second.length() == length && isAt(ascii, from, second)) {
            places[place + 1] = first;
            places[place] = second;
            return second;
        }
        String made = new String(ascii, from, length, StandardCharsets.ISO_8859_1);
        places[first == null ? place : place + 1] = made;
        return made;
    }

    /** The same value, or one that is equal and was read before; looked for among lists of strings alone. */
    Object shared(Object value) {
        if (!(value instanceof ReadArray list) || list.size() > LONGEST_LIST) {
            return value;
        }
        int place = pair(list.hashCode()) & (LISTS - 1);
        ReadArray first = lists[place];
        if (first != null && first.equals(list)) {
            return first;
        }
        ReadArray second = lists[place + 1];
        if (second != null && second.equals(list)) {
            lists[place + 1] = first;
            lists[place] = second;
            return second;
        }
        lists[first == null ? place : place + 1] = list;
        return list;
    }

    /**
     * The even one of two places. What is new gets the odd one, and the other when it is met again: the names of callers,
     * which come and go, do not drive out those of groups. Names that are numbered have hashes close to each other.
     */
    private static int pair(int hash) {
        return ((hash * 0x9E3779B9) >>> 16) & ~1;
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
