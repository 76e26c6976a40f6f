package io.gatehouse.json;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was gone through once, as strictly as {@link JsonParser} does, and whose members are read when they
 * are asked for. What nobody asks for is never made.
 *
 * <p>An instance is used again and again, for one text at a time: what it says holds until the next one. For one thread.
 */
public final class JsonScan {

    /** Objects with more members, or with odd names, are for {@link JsonParser}. */
    static final int MAXIMUM_MEMBERS = 64;

    /** What the text is. */
    public enum Outcome {
        /** An object; its members can be asked for. */
        OBJECT,
        /** An object as far as can be told, which only {@link JsonParser} can read. */
        ODD,
        /** Nothing that {@link JsonParser} would read. */
        MALFORMED
    }

    private final RecentStrings recent;
    private final JsonReader reader;
    private final int[] names = new int[MAXIMUM_MEMBERS];
    private final int[] nameEnds = new int[MAXIMUM_MEMBERS];
    private final int[] values = new int[MAXIMUM_MEMBERS];
    private byte[] json = {};
    private int length;
    private int members;

    /** A bit for each name there is, by its length and beginning: most names that are asked for are not there. */
    private long marks;

    public JsonScan() {
        this(new RecentStrings());
    }

    private JsonScan(RecentStrings recent) {
        this.recent = recent;
        this.reader = new JsonReader(recent);
    }

    /**
     * Another one, for another thread, that remembers short strings together with this one: whatever is kept of what was
     * scanned keeps these strings too, and must not keep those of each scan that ever was.
     */
    public JsonScan another() {
        return new JsonScan(recent);
    }

    /** Goes through the first bytes of the array, which are one JSON object. */
    public Outcome scan(byte[] utf8, int utf8Length) {
        json = utf8;
        length = utf8Length;
        members = 0;
        marks = 0;
        reader.begin(utf8, 0, utf8Length);
        reader.skipWhitespace();
        if (!reader.expect('{', "no JSON object") || !reader.enter()) {
            return Outcome.MALFORMED;
        }
        Outcome outcome = scanMembers();
        if (outcome != Outcome.OBJECT) {
            members = 0;
            marks = 0;
            return outcome;
        }
        reader.skipWhitespace();
        return reader.isAtEnd() ? Outcome.OBJECT : Outcome.MALFORMED;
    }

    private Outcome scanMembers() {
        reader.skipWhitespace();
        if (reader.take('}')) {
            return Outcome.OBJECT;
        }
        do {
            reader.skipWhitespace();
            if (!reader.take('"')) {
                return Outcome.MALFORMED;
            }
            int name = reader.at();
            if (!reader.skipPlainText() || members == MAXIMUM_MEMBERS) {
                return Outcome.ODD;
            }
            int nameEnd = reader.at() - 1;
            if (!reader.colon() || place(name, nameEnd) >= 0) {
                return Outcome.MALFORMED;
            }
            names[members] = name;
            nameEnds[members] = nameEnd;
            marks |= mark(nameEnd - name, json[name]);
            values[members++] = reader.at();
            if (!reader.skipValue()) {
                return Outcome.MALFORMED;
            }
            reader.skipWhitespace();
        } while (reader.take(','));
        return reader.take('}') ? Outcome.OBJECT : Outcome.MALFORMED;
    }

    /** The place of the member that has the name that stands here; negative where there is none. */
    private int place(int from, int to) {
        if ((marks & mark(to - from, json[from])) == 0) {
            return -1;
        }
        for (int i = 0; i < members; i++) {
            if (nameEnds[i] - names[i] == to - from && equal(names[i], from, to - from)) {
                return i;
            }
        }
        return -1;
    }

    private boolean equal(int one, int other, int count) {
        for (int i = 0; i < count; i++) {
            if (json[one + i] != json[other + i]) {
                return false;
            }
        }
        return true;
    }

    /** The byte where the name begins is a quote, where it is empty. */
    private static long mark(int nameLength, int first) {
        return 1L << (nameLength * 7 + first);
    }

    private int place(String name) {
        if ((marks & mark(name.length(), name.isEmpty() ? '"' : name.charAt(0))) == 0) {
            return -1;
        }
        for (int i = 0; i < members; i++) {
            if (nameEnds[i] - names[i] == name.length() && isAt(names[i], name)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (json[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the object has a member of this name that is not {@code null}. */
    public boolean hasValue(String name) {
        int place = place(name);
        return place >= 0 && json[values[place]] != 'n';
    }

    /** The value of a member, read anew with each call; null where there is no such member. */
    public @Nullable Object value(String name) {
        int place = place(name);
        if (place < 0) {
            return null;
        }
        reader.begin(json, values[place], length);
        return reader.value();
    }

    /** Where the members' names begin: for {@link EncodedObject}. */
    char[] places() {
        char[] places = new char[members];
        for (int i = 0; i < members; i++) {
            places[i] = (char) names[i];
        }
        return places;
    }

    RecentStrings recent() {
        return recent;
    }

    /** How many bytes the text has. */
    public int length() {
        return length;
    }
}
