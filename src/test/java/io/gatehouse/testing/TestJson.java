package io.gatehouse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON from members whose values are JSON texts already, so that a test can write any value, also a wrong one. */
public final class TestJson {

    private TestJson() {}

    /** One object; the names are plain, the values are JSON. */
    public static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quote(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A JSON string of a text that needs no other escapes than these two. */
    public static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The members as the library itself reads them. */
    public static Map<String, Object> parse(String object) {
        return JsonParser.parseObject(object.getBytes(UTF_8)).match(JsonParseResult.Parsed::members, malformed -> {
            throw new AssertionError(malformed.problem() + ": " + object);
        });
    }
}
