package io.gatehouse.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

    private static Map<String, Object> readBack(Map<String, ?> members) {
        return JsonParser.parseObject(JsonWriter.write(members).getBytes(UTF_8))
                .match(JsonParseResult.Parsed::members, malformed -> {
                    throw new AssertionError(malformed.problem());
                });
    }

    @Test
    void writesMembersInTheirOrder() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("b", 1L);
        members.put("a", List.of(true, "x", JsonNull.NULL));
        members.put("c", Map.of());

        assertThat(JsonWriter.write(members)).isEqualTo("{\"b\":1,\"a\":[true,\"x\",null],\"c\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "\"",
                "\\",
                "\\\"",
                "\\u0041",
                "/",
                "</script>",
                "\b\f\n\r\t",
                "\u0000\u0001\u001f\u007f",
                "\u00e9\u20ac\ud83d\ude00",
                "\u2028\u2029",
                "{\"a\":1}",
                "a\",\"admin\":\"true"
            })
    void writesTextsThatAreReadAsTheyWere(String text) {
        assertThat(readBack(Map.of("x", text))).isEqualTo(Map.of("x", text));
        assertThat(readBack(Map.of("x" + text, "y"))).isEqualTo(Map.of("x" + text, "y"));
        assertThat(readBack(Map.of("x", List.of(text)))).isEqualTo(Map.of("x", List.of(text)));
    }

    @Test
    void writesEveryCharacterOfTheBasicPlane() {
        String all = IntStream.range(0, 0x10000)
                .filter(c -> !Character.isSurrogate((char) c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(readBack(Map.of("x", all))).isEqualTo(Map.of("x", all));
    }

    @Test
    void writesOtherValuesThatAreReadAsTheyWere() {
        Map<String, Object> members = Map.of(
                "zero",
                0L,
                "long",
                Long.MIN_VALUE / 10,
                "decimal",
                new BigDecimal("1772366400.5"),
                "yes",
                true,
                "no",
                false,
                "null",
                JsonNull.NULL,
                "list",
                List.of(1L, List.of(), Map.of("a", List.of("b"))),
                "map",
                Map.of("a", Map.of("b", Map.of())));

        assertThat(readBack(members)).isEqualTo(members);
    }

    @Test
    void refusesWhatJsonHasNoTypeFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Map.of("x", Set.of())));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Map.of("x", new Object())));
    }
}
