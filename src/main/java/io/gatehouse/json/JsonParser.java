package io.gatehouse.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object, or array, from UTF-8 bytes, strictly after RFC 8259.
 *
 * <p>Refused besides everything that RFC 8259 forbids: a byte order mark, duplicate member names (RFC 7515 §4, RFC
 * 7519 §4), malformed UTF-8, unpaired surrogates, nesting deeper than {@value #MAX_DEPTH}, and numbers with more than
 * {@value #MAX_NUMBER_LENGTH} characters or a decimal exponent beyond ±{@value #MAX_EXPONENT}, so that no later
 * arithmetic can be made to expand. Integers that fit are {@link Long}, other numbers {@link BigDecimal}.
 *
 * <p>Pure and thread-safe.
 */
public final class JsonParser {

    static final int MAX_DEPTH = 32;
    static final int MAX_NUMBER_LENGTH = 40;
    static final int MAX_EXPONENT = 308;

    private JsonParser() {}

    /** Reads the whole array as one JSON object. */
    public static JsonParseResult parseObject(byte[] utf8) {
        JsonReader reader = new JsonReader(null);
        reader.begin(utf8, 0, utf8.length);
        Map<String, Object> members = document(reader);
        return members == null
                ? new JsonParseResult.Malformed(reader.problem() + " at byte " + reader.at())
                : new JsonParseResult.Parsed(members);
    }

    /** Reads the whole array as one JSON array; empty where it is none, or one that would be refused in an object. */
    public static Optional<List<Object>> parseArray(byte[] utf8) {
        JsonReader reader = new JsonReader(null);
        reader.begin(utf8, 0, utf8.length);
        reader.skipWhitespace();
        List<Object> elements = reader.expect('[', "no JSON array") ? reader.array() : null;
        reader.skipWhitespace();
        return reader.isAtEnd() ? Optional.ofNullable(elements) : Optional.empty();
    }

    private static @Nullable Map<String, Object> document(JsonReader reader) {
        reader.skipWhitespace();
        Map<String, Object> members = reader.expect('{', "no JSON object") ? reader.object() : null;
        if (members == null) {
            return null;
        }
        reader.skipWhitespace();
        return reader.isAtEnd() || reader.refuse("text after the JSON object") ? members : null;
    }
}
