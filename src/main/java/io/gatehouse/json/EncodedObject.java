package io.gatehouse.json;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it stands in a text, in base64url: what is asked for is decoded and read. It takes a tenth of the memory
 * that the values would.
 *
 * <p>Small values that are asked for again are remembered, up to a bound; all others are read with each call anew.
 * Immutable as far as can be seen, and thread-safe without a lock: of two threads that read something at the same time, the
 * one's note may be lost, and it is read once more.
 */
public final class EncodedObject implements JsonMembers {

    /** Longer ones have places that a {@code char} cannot tell. */
    private static final int MAXIMUM_LENGTH = Character.MAX_VALUE;

    private final String text;
    private final char start;
    private final char length;
    private final char[] names;
    private final RecentStrings recent;

    /** What was read and is remembered, the latest first. Not volatile: whoever sees an older one reads once more. */
    private @Nullable ReadMember read;

    /** A bit for each member that was read: most are once, if at all, and need not be remembered. */
    private long readOnce;

    private EncodedObject(String text, int start, int length, char[] names, RecentStrings recent) {
        this.text = text;
        this.start = (char) start;
        this.length = (char) length;
        this.names = names;
        this.recent = recent;
    }

    /**
     * The object that was scanned; null where it is too long for this form.
     *
     * @param text where its base64url stands
     * @param start where that begins
     */
    public static @Nullable EncodedObject of(JsonScan scan, String text, int start) {
        return scan.length() > MAXIMUM_LENGTH || start > MAXIMUM_LENGTH
                ? null
                : new EncodedObject(text, start, scan.length(), scan.places(), scan.recent());
    }

    /** Whether it stands in this very text. */
    @SuppressWarnings("ReferenceEquality") // an equal one could be forgotten, and this one kept
    public boolean standsIn(String other) {
        return text == other;
    }

    /** The same object at the same place in another text, which is equal as far as that goes. */
    public EncodedObject in(String other) {
        return new EncodedObject(other, start, length, names, recent);
    }

    @Override
    public Map<String, Object> asMap() {
        byte[] json = new byte[length];
        Base64Url.decode(text, start, start + Base64Url.encodedLength(length), json);
        return JsonParser.parseObject(json).match(JsonParseResult.Parsed::members, malformed -> {
            throw new IllegalStateException("a text that was scanned cannot be read");
        });
    }

    @Override
    public Set<String> names() {
        Set<String> all = new LinkedHashSet<>();
        for (int place = 0; place < names.length; place++) {
            all.add(name(place));
        }
        return Collections.unmodifiableSet(all);
    }

    private String name(int place) {
        StringBuilder name = new StringBuilder();
        for (int at = names[place]; byteAt(at) != '"'; at++) {
            name.append((char) byteAt(at));
        }
        return name.toString();
    }

    @Override
    public @Nullable Object value(String name) {
        ReadMember before = read;
        for (ReadMember known = before; known != null; known = known.next()) {
            if (known.name().equals(name)) {
                return known.value();
            }
        }
        return read(name, before);
    }

    private @Nullable Object read(String name, @Nullable ReadMember before) {
        for (int place = 0; place < names.length; place++) {
            if (isAt(names[place], name)) {
                int from = names[place] + name.length() + 1;
                int to = place + 1 < names.length ? names[place + 1] : length;
                Object value = value(from, to);
                note(place, name, value, before);
                return value;
            }
        }
        return null;
    }

    private void note(int place, String name, @Nullable Object value, @Nullable ReadMember before) {
        long mark = 1L << place;
        if ((readOnce & mark) == 0) {
            readOnce |= mark;
        } else if (value != null && ReadMember.isRemembered(value, before)) {
            read = new ReadMember(name, value, before);
        }
    }

    /** Scanned names have no escapes: the first quote ends them. */
    private boolean isAt(int from, String name) {
        if (from + name.length() >= length || byteAt(from + name.length()) != '"') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c != byteAt(from + i)) {
                return false;
            }
        }
        return true;
    }

    private int byteAt(int index) {
        return Base64Url.byteAt(text, start, index);
    }

    /** Decodes the groups of three bytes that the value lies in. */
    private @Nullable Object value(int from, int to) {
        int first = from / 3;
        int begin = start + 4 * first;
        int end = start + Math.min(4 * ((to + 2) / 3), Base64Url.encodedLength(length));
        byte[] json = new byte[Base64Url.decodedLength(end - begin) + 2];
        Base64Url.decode(text, begin, end, json);
        return value(json, from - 3 * first, to - 3 * first);
    }

    /** What stands between two names, with its colon: equal bytes are equal values. */
    private @Nullable Object value(byte[] json, int from, int to) {
        boolean array = json[from + 1] == '[';
        Object known = array ? recent.list(json, from, to) : null;
        if (known != null) {
            return known;
        }
        JsonReader reader = new JsonReader(recent);
        reader.begin(json, from, to);
        Object value = reader.colon() ? reader.value() : null;
        if (array) {
            recent.noteList(json, from, to, value);
        }
        return value;
    }
}
