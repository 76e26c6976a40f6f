package io.gatehouse.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
    private static final int LONGEST_LIST = 512;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** In pairs, see {@link #pair}. */
    private final @Nullable Known[] places = new Known[PLACES];

    private final @Nullable KnownList[] lists = new KnownList[LISTS];

    /** A string, and all of its characters once more, eight in each number; some of them twice, unless it has 24. */
    private record Known(String text, long head, long middle, long tail) {
        boolean is(int length, long otherHead, long otherMiddle, long otherTail) {
            return head == otherHead && tail == otherTail && middle == otherMiddle && text.length() == length;
        }
    }

    /** A list, and the bytes that it was read from. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes, and nowhere else
    private record KnownList(byte[] text, ReadArray list) {
        boolean is(byte[] json, int from, int to) {
            return Arrays.equals(text, 0, text.length, json, from, to);
        }
    }

    /** The string of these characters, which are ASCII. */
    String of(byte[] ascii, int from, int length) {
        if (length > LONGEST) {
            return new String(ascii, from, length, StandardCharsets.ISO_8859_1);
        }
        long head = length < 8 ? few(ascii, from, length) : (long) EIGHT.get(ascii, from);
        long middle = length <= 16 ? 0 : (long) EIGHT.get(ascii, from + 8);
        long tail = length < 8 ? 0 : (long) EIGHT.get(ascii, from + length - 8);
        int place = pair(Long.hashCode((head ^ middle) * 31 + tail)) & (PLACES - 1);
        Known first = places[place];
        if (first != null && first.is(length, head, middle, tail)) {
            return first.text();
        }
        Known second = places[place + 1];
        if (second != null && second.is(length, head, middle, tail)) {
            places[place + 1] = first;
            places[place] = second;
            return second.text();
        }
        String made = new String(ascii, from, length, StandardCharsets.ISO_8859_1);
        places[first == null ? place : place + 1] = new Known(made, head, middle, tail);
        return made;
    }

    private static long few(byte[] ascii, int from, int length) {
        long all = 0;
        for (int i = from; i < from + length; i++) {
            all = (all << 8) | ascii[i];
        }
        return all;
    }

    /** The list of strings that was read of the same bytes before; null where it has to be read. */
    @Nullable List<Object> list(byte[] json, int from, int to) {
        if (to - from > LONGEST_LIST) {
            return null;
        }
        int place = placeOfList(json, from, to);
        KnownList first = lists[place];
        if (first != null && first.is(json, from, to)) {
            return first.list();
        }
        KnownList second = lists[place + 1];
        if (second == null || !second.is(json, from, to)) {
            return null;
        }
        lists[place + 1] = first;
        lists[place] = second;
        return second.list();
    }

    /** Notes what was read of these bytes, if it is a list of strings alone: others take many times the memory of their text. */
    void noteList(byte[] json, int from, int to, @Nullable Object value) {
        if (to - from > LONGEST_LIST || !(value instanceof ReadArray list) || !list.holdsStringsAlone()) {
            return;
        }
        int place = placeOfList(json, from, to);
        lists[lists[place] == null ? place : place + 1] = new KnownList(Arrays.copyOfRange(json, from, to), list);
    }

    private static int placeOfList(byte[] json, int from, int to) {
        long hash = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = hash * 0x9E3779B97F4A7C15L + (long) EIGHT.get(json, at);
        }
        for (; at < to; at++) {
            hash = hash * 31 + json[at];
        }
        return pair(Long.hashCode(hash)) & (LISTS - 1);
    }

    /**
     * The even one of two places. What is new gets the odd one, and the other when it is met again: the names of callers,
     * which come and go, do not drive out those of groups. Names that are numbered have hashes close to each other.
     */
    private static int pair(int hash) {
        return ((hash * 0x9E3779B9) >>> 16) & ~1;
    }
}
