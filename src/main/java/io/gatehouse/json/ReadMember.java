package io.gatehouse.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of an object that was read and is remembered, and those before it. Immutable, so that one thread may find what
 * another has left, without any care.
 *
 * @param textLength how many bytes of text it is made of, with those before it
 */
record ReadMember(
        String name, Object value, int textLength, @Nullable ReadMember next) {

    /** Of all members of an object together: a caller's name and some fifty groups. */
    static final int MAXIMUM_TEXT = 1024;

    ReadMember {
        textLength += next == null ? 0 : next.textLength();
    }

    /** Whether the value is remembered as well, which was made of so many bytes of text. */
    static boolean isRemembered(Object value, int textLength, @Nullable ReadMember before) {
        int others = before == null ? 0 : before.textLength;
        return others + textLength <= MAXIMUM_TEXT && isSmall(value);
    }

    /** What takes about as much memory as its text does; objects take many times that. */
    private static boolean isSmall(Object value) {
        if (!(value instanceof List<?> elements)) {
            return value instanceof String
                    || value instanceof Long
                    || value instanceof Boolean
                    || value == JsonNull.NULL;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof String)) {
                return false;
            }
        }
        return true;
    }
}
