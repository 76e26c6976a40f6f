package io.gatehouse.explanation;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts texts that a stranger wrote between quotes, so that they can neither end a line of the log nor fill it, nor be
 * taken for anything but a value. Pure.
 */
final class Quoted {

    private static final int MAXIMUM_LENGTH = 120;
    private static final int MAXIMUM_ELEMENTS = 5;

    private Quoted() {}

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().limit(MAXIMUM_LENGTH).forEach(c -> quoted.appendCodePoint(isPlain(c) ? c : '?'));
        return quoted.append(text.codePointCount(0, text.length()) > MAXIMUM_LENGTH ? "...\"" : "\"")
                .toString();
    }

    /** Letters, digits and the like: nothing that ends a line, hides, turns the direction or closes the quotes. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != '"' && c != '\\';
        };
    }

    /** In brackets; the first few, and how many more there are. */
    static String all(Collection<String> texts) {
        String shown = texts.stream().limit(MAXIMUM_ELEMENTS).map(Quoted::of).collect(Collectors.joining(", "));
        int more = texts.size() - MAXIMUM_ELEMENTS;
        return "[" + shown + (more > 0 ? " and " + more + " more" : "") + "]";
    }

    /** The same in an order that does not depend on chance. */
    static String sorted(Collection<String> texts) {
        List<String> sorted = texts.stream().sorted().toList();
        return all(sorted);
    }
}
