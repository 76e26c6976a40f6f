package io.gatehouse.inbound;

/**
 * The white space that may stand around a header's value (RFC 9110 §5.6.3): spaces and tabs. What Java strips is more,
 * vertical tabs and separators among it, and a token with these around it would be a second form of the same token.
 */
final class OptionalWhitespace {

    private OptionalWhitespace() {}

    /** The text without the white space at its ends. */
    static String removedFrom(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isOptional(text.charAt(start))) {
            start++;
        }
        while (end > start && isOptional(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isOptional(char c) {
        return c == ' ' || c == '\t';
    }
}
