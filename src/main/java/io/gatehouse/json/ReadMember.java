package io.gatehouse.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of an object that was read and is remembered, and those before it. Immutable, so that one thread may find what
 * another has left, without any care.
 */
record ReadMember(String name, Object value, @Nullable ReadMember next) {

    /** Of all that are remembered of an object together: a caller's name and some fifty groups. */
    static final int MAXIMUM_CHARACTERS = 1024;

    private static final int TOO_LARGE = MAXIMUM_CHARACTERS + 1;

    /** Whether a value is remembered as well. */
    static boolean isRemembered(Object value, @Nullable ReadMember before) {
        int characters = size(value);
        for (ReadMember member = before; member != null; member = member.next) {
            characters += size(member.value);
        }
        return characters <= MAXIMUM_CHARACTERS;
    }

    /** In characters, about; objects, and arrays of anything but strings, take many times the memory of their text. */
    private static int size(Object value) {
        if (!(value instanceof List<?> elements)) {
            return sizeOfOne(value);
        }
        int size = 0;
        for (int i = 0; i < elements.size() && size < TOO_LARGE; i++) {
            size += elements.get(i) instanceof String text ? text.length() + 3 : TOO_LARGE;
        }
        return size;
    }

    private static int sizeOfOne(Object value) {
        if (value instanceof String text) {
            return Math.min(text.length() + 3, TOO_LARGE);
        }
        return value instanceof Long || value instanceof Boolean || value == JsonNull.NULL ? 8 : TOO_LARGE;
    }
}
