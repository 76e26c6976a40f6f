package io.gatehouse.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON object, or array, from UTF-8 bytes, strictly after RFC 8259.
 *
 * <p>Refused besides everything that RFC 8259 forbids: a byte order mark, duplicate member names (RFC 7515 §4, RFC
 * 7519 §4), malformed UTF-8, unpaired surrogates, nesting deeper than {@value #MAX_DEPTH}, and numbers with more than
 * {@value #MAX_NUMBER_LENGTH} characters or a decimal exponent beyond ±{@value #MAX_EXPONENT}, so that no later
 * arithmetic can be made to expand. Integers that fit are {@link Long}, other numbers {@link BigDecimal}.
 *
 * <p>Pure and stateless to the caller; an instance reads one text and is used by one thread.
 */
public final class JsonParser {

    static final int MAX_DEPTH = 32;
    static final int MAX_NUMBER_LENGTH = 40;
    static final int MAX_EXPONENT = 308;

    private static final int LONGEST_LONG = 18;

    private final byte[] json;
    private int at;
    private int depth;

    private JsonParser(byte[] json) {
        this.json = json;
    }

    /** Reads the whole array as one JSON object. */
    public static JsonParseResult parseObject(byte[] utf8) {
        JsonParser parser = new JsonParser(utf8);
        try {
            return new JsonParseResult.Parsed(parser.document());
        } catch (Refused refused) {
            return new JsonParseResult.Malformed(refused.problem + " at byte " + parser.at);
        }
    }

    /** Reads the whole array as one JSON array; empty where it is none, or one that would be refused in an object. */
    public static Optional<List<Object>> parseArray(byte[] utf8) {
        JsonParser parser = new JsonParser(utf8);
        try {
            return Optional.of(parser.elements());
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private List<Object> elements() throws Refused {
        skipWhitespace();
        expect('[', "no JSON array");
        List<Object> elements = array();
        skipWhitespace();
        if (at != json.length) {
            throw new Refused("text after the JSON array");
        }
        return elements;
    }

    private Map<String, Object> document() throws Refused {
        skipWhitespace();
        expect('{', "no JSON object");
        Map<String, Object> members = object();
        skipWhitespace();
        if (at != json.length) {
            throw new Refused("text after the JSON object");
        }
        return members;
    }

    private Object value() throws Refused {
        if (at == json.length) {
            throw new Refused("text ends early");
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
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() throws Refused {
        enter();
        Map<String, Object> members = new LinkedHashMap<>();
        skipWhitespace();
        if (!take('}')) {
            do {
                skipWhitespace();
                expect('"', "member name expected");
                String name = string();
                skipWhitespace();
                expect(':', "colon expected");
                skipWhitespace();
                if (members.put(name, value()) != null) {
                    throw new Refused("duplicate member name");
                }
                skipWhitespace();
            } while (take(','));
            expect('}', "end of object expected");
        }
        depth--;
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array() throws Refused {
        enter();
        List<Object> elements = new ArrayList<>();
        skipWhitespace();
        if (!take(']')) {
            do {
                skipWhitespace();
                elements.add(value());
                skipWhitespace();
            } while (take(','));
            expect(']', "end of array expected");
        }
        depth--;
        return Collections.unmodifiableList(elements);
    }

    private void enter() throws Refused {
        if (++depth > MAX_DEPTH) {
            throw new Refused("nested too deeply");
        }
    }

    /** Reads the rest of a string whose opening quote was taken. */
    private String string() throws Refused {
        int start = at;
        boolean ascii = true;
        while (at < json.length) {
            byte b = json[at];
            if (b == '"') {
                String text = ascii
                        ? new String(json, start, at - start, StandardCharsets.ISO_8859_1)
                        : decodeUtf8(start, at);
                at++;
                return text;
            }
            if (b == '\\') {
                return escapedString(start);
            }
            if (b >= 0 && b < 0x20) {
                throw new Refused("control character in a string");
            }
            ascii &= b >= 0;
            at++;
        }
        throw new Refused("string without end");
    }

    /** The rarer strings: those with escapes, put together piece by piece. */
    private String escapedString(int start) throws Refused {
        StringBuilder text = new StringBuilder(decodeUtf8(start, at));
        int piece = at;
        while (at < json.length) {
            byte b = json[at];
            if (b == '"') {
                text.append(decodeUtf8(piece, at));
                at++;
                return requireWellFormed(text);
            }
            if (b == '\\') {
                text.append(decodeUtf8(piece, at));
                at++;
                text.append(escape());
                piece = at;
                continue;
            }
            if (b >= 0 && b < 0x20) {
                throw new Refused("control character in a string");
            }
            at++;
        }
        throw new Refused("string without end");
    }

    private char escape() throws Refused {
        if (at == json.length) {
            throw new Refused("string without end");
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
            default -> throw new Refused("unknown escape");
        };
    }

    private char hexEscape() throws Refused {
        if (at + 4 > json.length) {
            throw new Refused("string without end");
        }
        int code = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = json[at] < 0 ? -1 : hexDigit(json[at]);
            if (digit < 0) {
                throw new Refused("bad hexadecimal escape");
            }
            code = code << 4 | digit;
        }
        return (char) code;
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
    private static String requireWellFormed(StringBuilder text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Refused("unpaired surrogate");
            }
        }
        return text.toString();
    }

    private String decodeUtf8(int from, int to) throws Refused {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(json, from, to - from))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Refused("malformed UTF-8");
        }
    }

    private Object literal(String literal, Object value) throws Refused {
        for (int i = 0; i < literal.length(); i++, at++) {
            if (at == json.length || json[at] != literal.charAt(i)) {
                throw new Refused("unknown literal");
            }
        }
        return value;
    }

    private Object number() throws Refused {
        int start = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        boolean integer = true;
        if (take('.')) {
            integer = false;
            digits();
        }
        if (take('e') || take('E')) {
            integer = false;
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        if (at - start > MAX_NUMBER_LENGTH) {
            throw new Refused("number too long");
        }
        String text = new String(json, start, at - start, StandardCharsets.ISO_8859_1);
        return integer && text.length() <= LONGEST_LONG ? (Object) Long.valueOf(text) : bigNumber(text);
    }

    private static Object bigNumber(String text) throws Refused {
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException exponentBeyondInt) {
            throw new Refused("number out of bounds");
        }
        if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT
                || Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new Refused("number out of bounds");
        }
        boolean fitsLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
        return fitsLong ? (Object) number.longValueExact() : number;
    }

    private void digits() throws Refused {
        int start = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw new Refused("value expected");
        }
    }

    private void skipWhitespace() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private boolean take(char expected) {
        if (at < json.length && json[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char expected, String problem) throws Refused {
        if (!take(expected)) {
            throw new Refused(problem);
        }
    }

    /** Leaves the recursion; never leaves this class, and carries no stack trace because rubbish must stay cheap. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        final String problem;

        Refused(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }
    }
}
