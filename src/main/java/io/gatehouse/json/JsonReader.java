package io.gatehouse.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through JSON text byte by byte, strictly: see {@link JsonParser} for what is refused. Each part of the grammar can
 * be read, which makes its value, or skipped, which only looks whether it could be read; what is rare is skipped by
 * reading it.
 *
 * <p>A refusal is {@code null} or {@code false} with a {@link #problem()}, and no exception: rubbish has to be cheap. One
 * instance reads many texts, one after the other; for one thread.
 */
final class JsonReader {

    private static final int LONGEST_LONG = 18;

    /** Objects with more members are skipped by reading them: to compare each name with all others would take long. */
    private static final int FEW_MEMBERS = 16;

    private final @Nullable RecentStrings recent;
    private byte[] json = {};
    private int at;
    private int end;
    private int depth;
    private @Nullable String problem;

    /** Where the names of the objects that are being skipped begin and end, the innermost last. */
    private int[] names = {};

    private int namesEnd;

    /** Of the arrays that are being read, the innermost last. */
    private @Nullable Object[] elements = {};

    private int elementsEnd;

    JsonReader(@Nullable RecentStrings recent) {
        this.recent = recent;
    }

    /** Begins with these bytes of an array. */
    void begin(byte[] bytes, int from, int to) {
        json = bytes;
        at = from;
        end = to;
        depth = 0;
        namesEnd = 0;
        problem = null;
        Arrays.fill(elements, 0, elementsEnd, null); // of a text that was refused in the middle
        elementsEnd = 0;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** What is wrong; null where nothing is. */
    @Nullable String problem() {
        return problem;
    }

    /** Notes the problem. */
    boolean refuse(String what) {
        problem = what;
        return false;
    }

    private @Nullable String noText(String what) {
        problem = what;
        return null;
    }

    /** The value that begins here; null where it is refused. */
    @Nullable Object value() {
        if (at == end) {
            refuse("text ends early");
            return null;
        }
        return switch (json[at]) {
            case '{' -> {
                at++;
                yield object();
            }
            case '[' -> {
                at++;
                yield array();
            }
            case '"' -> {
                at++;
                yield string();
            }
            case 't' -> literal("true") ? Boolean.TRUE : null;
            case 'f' -> literal("false") ? Boolean.FALSE : null;
            case 'n' -> literal("null") ? JsonNull.NULL : null;
            default -> number();
        };
    }

    /** Whether {@link #value()} would read what begins here; stands behind it then. */
    boolean skipValue() {
        if (at == end) {
            return refuse("text ends early");
        }
        return switch (json[at]) {
            case '{' -> {
                at++;
                yield skipObject();
            }
            case '[' -> {
                at++;
                yield skipArray();
            }
            case '"' -> {
                at++;
                yield skipString();
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> skipNumber();
        };
    }

    /** Reads the rest of an object whose brace was taken. */
    @Nullable Map<String, Object> object() {
        if (!enter()) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        skipWhitespace();
        if (!take('}')) {
            do {
                skipWhitespace();
                String name = take('"') ? string() : noText("member name expected");
                Object value = name != null && colon() ? value() : null;
                if (name == null || value == null) {
                    return null;
                }
                if (members.put(name, value) != null) {
                    refuse("duplicate member name");
                    return null;
                }
                skipWhitespace();
            } while (take(','));
            if (!expect('}', "end of object expected")) {
                return null;
            }
        }
        depth--;
        return Collections.unmodifiableMap(members);
    }

    private boolean skipObject() {
        int start = at;
        int outerDepth = depth;
        int firstName = namesEnd;
        int members = 0;
        if (!enter()) {
            return false;
        }
        skipWhitespace();
        if (!take('}')) {
            do {
                skipWhitespace();
                if (!expect('"', "member name expected")) {
                    return false;
                }
                int name = at;
                if (!skipPlainText() || ++members > FEW_MEMBERS) {
                    return readInstead(start, outerDepth, firstName);
                }
                if (!isNewName(firstName, name, at - 1)) {
                    return refuse("duplicate member name");
                }
                if (!colon() || !skipValue()) {
                    return false;
                }
                skipWhitespace();
            } while (take(','));
            if (!expect('}', "end of object expected")) {
                return false;
            }
        }
        namesEnd = firstName;
        depth--;
        return true;
    }

    private boolean readInstead(int start, int outerDepth, int firstName) {
        at = start;
        depth = outerDepth;
        namesEnd = firstName;
        return object() != null;
    }

    private boolean isNewName(int first, int from, int to) {
        for (int i = first; i < namesEnd; i += 2) {
            if (names[i + 1] - names[i] == to - from && Arrays.equals(json, names[i], names[i + 1], json, from, to)) {
                return false;
            }
        }
        if (namesEnd == names.length) {
            names = Arrays.copyOf(names, Math.max(2 * names.length, 4 * FEW_MEMBERS));
        }
        names[namesEnd++] = from;
        names[namesEnd++] = to;
        return true;
    }

    boolean colon() {
        skipWhitespace();
        if (!expect(':', "colon expected")) {
            return false;
        }
        skipWhitespace();
        return true;
    }

    /** Reads the rest of an array whose bracket was taken. */
    @Nullable List<Object> array() {
        if (!enter()) {
            return null;
        }
        int first = elementsEnd;
        skipWhitespace();
        if (!take(']')) {
            do {
                skipWhitespace();
                Object element = value();
                if (element == null) {
                    return null;
                }
                push(element);
                skipWhitespace();
            } while (take(','));
            if (!expect(']', "end of array expected")) {
                return null;
            }
        }
        depth--;
        return popFrom(first);
    }

    private void push(Object element) {
        if (elementsEnd == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(2 * elementsEnd, 16));
        }
        elements[elementsEnd++] = element;
    }

    private List<Object> popFrom(int first) {
        ReadArray array = new ReadArray(Arrays.copyOfRange(elements, first, elementsEnd));
        Arrays.fill(elements, first, elementsEnd, null);
        elementsEnd = first;
        return array;
    }

    private boolean skipArray() {
        if (!enter()) {
            return false;
        }
        skipWhitespace();
        if (!take(']')) {
            do {
                skipWhitespace();
                if (!skipValue()) {
                    return false;
                }
                skipWhitespace();
            } while (take(','));
            if (!expect(']', "end of array expected")) {
                return false;
            }
        }
        depth--;
        return true;
    }

    /** Goes one level deeper. */
    boolean enter() {
        return ++depth <= JsonParser.MAX_DEPTH || refuse("nested too deeply");
    }

    /** Reads the rest of a string whose opening quote was taken. */
    private @Nullable String string() {
        int start = at;
        if (skipPlainText()) {
            int length = at - 1 - start;
            return recent == null
                    ? new String(json, start, length, StandardCharsets.ISO_8859_1)
                    : recent.of(json, start, length);
        }
        while (at < end) {
            byte b = json[at];
            if (b == '"') {
                return decodeUtf8(start, at++);
            }
            if (b == '\\') {
                return escapedString(start);
            }
            if (b >= 0 && b < 0x20) {
                return noText("control character in a string");
            }
            at++;
        }
        return noText("string without end");
    }

    private boolean skipString() {
        int start = at;
        if (skipPlainText()) {
            return true;
        }
        at = start;
        return string() != null;
    }

    /** Goes behind the closing quote, if all characters before it are ASCII and stand for themselves. */
    boolean skipPlainText() {
        byte[] text = json;
        int stop = end;
        for (int i = at; i < stop; i++) {
            byte b = text[i];
            if (b == '"') {
                at = i + 1;
                return true;
            }
            if (b < 0x20 || b == '\\') {
                return false;
            }
        }
        return false;
    }

    /** The rarer strings: those with escapes, put together piece by piece. */
    private @Nullable String escapedString(int start) {
        StringBuilder text = new StringBuilder();
        int piece = start;
        while (at < end) {
            byte b = json[at];
            if (b == '"' || b == '\\') {
                String plain = decodeUtf8(piece, at++);
                if (plain == null) {
                    return null;
                }
                text.append(plain);
                if (b == '"') {
                    return wellFormed(text);
                }
                int escape = escape();
                if (escape < 0) {
                    return null;
                }
                text.append((char) escape);
                piece = at;
            } else if (b >= 0 && b < 0x20) {
                return noText("control character in a string");
            } else {
                at++;
            }
        }
        return noText("string without end");
    }

    /** The character that an escape stands for; negative where it is refused. */
    private int escape() {
        if (at == end) {
            return refusedEscape("string without end");
        }
        return switch (json[at++]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexEscape();
            default -> refusedEscape("unknown escape");
        };
    }

    private int refusedEscape(String what) {
        problem = what;
        return -1;
    }

    private int hexEscape() {
        if (at + 4 > end) {
            return refusedEscape("string without end");
        }
        int code = 0;
        for (int stop = at + 4; at < stop; at++) {
            int digit = json[at] < 0 ? -1 : hexDigit(json[at]);
            if (digit < 0) {
                return refusedEscape("bad hexadecimal escape");
            }
            code = code << 4 | digit;
        }
        return code;
    }

    /** ASCII digits only: {@link Character#digit} also knows those of other scripts. */
    private static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Escapes can spell half a surrogate pair (RFC 8259 §8.2), which two readers would replace differently. */
    private @Nullable String wellFormed(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return noText("unpaired surrogate");
            }
        }
        return text.toString();
    }

    private @Nullable String decodeUtf8(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(json, from, to - from))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return noText("malformed UTF-8");
        }
    }

    private boolean literal(String literal) {
        for (int i = 0; i < literal.length(); i++, at++) {
            if (at == end || json[at] != literal.charAt(i)) {
                return refuse("unknown literal");
            }
        }
        return true;
    }

    private @Nullable Object number() {
        int start = at;
        int behind = endOfShortInteger();
        if (behind > 0) {
            at = behind;
            return shortInteger(start);
        }
        return skipNumberText() ? bigNumber(start) : null;
    }

    private boolean skipNumber() {
        int start = at;
        int behind = endOfShortInteger();
        if (behind > 0) {
            at = behind;
            return true;
        }
        return skipNumberText() && bigNumber(start) != null;
    }

    /** Where the integer ends that begins here, as most numbers are one; negative where it is anything else. */
    private int endOfShortInteger() {
        int first = json[at] == '-' ? at + 1 : at;
        int i = first;
        while (i < end && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        boolean fraction = i < end && (json[i] == '.' || json[i] == 'e' || json[i] == 'E');
        boolean leadingZero = i > first + 1 && json[first] == '0';
        return fraction || leadingZero || i == first || i - at > LONGEST_LONG ? -1 : i;
    }

    private boolean skipNumberText() {
        int start = at;
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            if (!digits()) {
                return false;
            }
        }
        return at - start <= JsonParser.MAX_NUMBER_LENGTH || refuse("number too long");
    }

    private Long shortInteger(int start) {
        boolean negative = json[start] == '-';
        long number = 0;
        for (int i = negative ? start + 1 : start; i < at; i++) {
            number = 10 * number + (json[i] - '0');
        }
        return negative ? -number : number;
    }

    private @Nullable Object bigNumber(int start) {
        BigDecimal number;
        try {
            number = new BigDecimal(new String(json, start, at - start, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException exponentBeyondInt) {
            refuse("number out of bounds");
            return null;
        }
        if (Math.abs((long) number.precision() - number.scale()) > JsonParser.MAX_EXPONENT
                || Math.abs((long) number.scale()) > JsonParser.MAX_EXPONENT) {
            refuse("number out of bounds");
            return null;
        }
        boolean fitsLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
        return fitsLong ? (Object) number.longValueExact() : number;
    }

    private boolean digits() {
        int start = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at > start || refuse("value expected");
    }

    void skipWhitespace() {
        while (at < end
                && json[at] <= ' '
                && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    boolean take(char expected) {
        if (at < end && json[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    boolean expect(char expected, String what) {
        return take(expected) || refuse(what);
    }
}
