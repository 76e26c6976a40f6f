package io.gatehouse.roles;

import java.util.Set;

/** What can be the name of a role. Pure. */
final class RoleName {

    /** Names that mean "anybody" to a container; nobody must be able to have them. */
    private static final Set<String> WILDCARDS = Set.of("*", "**");

    /** No annotation names a longer one; the distinguished name of a group of a directory is shorter. */
    private static final int MAXIMUM_LENGTH = 1024;

    private static final int SHOWN_LENGTH = 80;

    private RoleName() {}

    /**
     * Whether the text says something, and neither "anybody" nor what cannot be written down: no control characters, no
     * line breaks of Unicode, no half of a surrogate pair. Nothing is trimmed or folded: an odd name is nobody's role
     * rather than a name that it resembles.
     */
    static boolean isPlain(String text) {
        if (text.length() > MAXIMUM_LENGTH || WILDCARDS.contains(text)) {
            return false;
        }
        boolean visible = false;
        int character;
        for (int at = 0; at < text.length(); at += Character.charCount(character)) {
            character = text.codePointAt(at);
            if (isUnwritable(character)) {
                return false;
            }
            visible |= !isInvisible(character);
        }
        return visible;
    }

    /** The text as a line of a log can hold it. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_LENGTH)
                .map(character -> isUnwritable(character) ? '?' : character)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isUnwritable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static boolean isInvisible(int character) {
        return Character.isSpaceChar(character)
                || Character.isWhitespace(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
