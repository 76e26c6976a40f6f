package io.gatehouse.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {

    private static JsonParseResult parse(String json) {
        return JsonParser.parseObject(json.getBytes(UTF_8));
    }

    private static Map<String, Object> members(String json) {
        return parse(json).match(JsonParseResult.Parsed::members, malformed -> {
            throw new AssertionError(malformed.problem());
        });
    }

    /** The value of a text that stands for a value. */
    private static Object value(String json) {
        return members("{\"v\":" + json + "}").get("v");
    }

    private static String problem(byte[] json) {
        return JsonParser.parseObject(json)
                .match(parsed -> "accepted: " + parsed.members(), JsonParseResult.Malformed::problem);
    }

    private static void assertRefused(String json) {
        assertThat(parse(json)).isInstanceOf(JsonParseResult.Malformed.class);
    }

    @Nested
    class Documents {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    " {} ",
                    "\t\r\n {\t\r\n }\t\r\n ",
                    "{\"a\":1}",
                    "{ \"a\" : 1 , \"b\" : [ ] }",
                    "{\"\":0}",
                    "{\"a\":{\"a\":{\"a\":{}}}}",
                    "{\"a\":[1,\"2\",true,false,null,{},[]]}",
                    "{\"a\":[[],[[]]]}"
                })
        void accepts(String json) {
            assertThat(parse(json)).isInstanceOf(JsonParseResult.Parsed.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "[]",
                    "[{}]",
                    "\"a\"",
                    "1",
                    "true",
                    "null",
                    "{",
                    "}",
                    "{}}",
                    "{}{}",
                    "{},",
                    "{} x",
                    "x{}",
                    "{}\u0000",
                    "{\"a\"}",
                    "{\"a\":}",
                    "{\"a\":1,}",
                    "{,\"a\":1}",
                    "{\"a\":1,,\"b\":2}",
                    "{\"a\" 1}",
                    "{\"a\"::1}",
                    "{\"a\":1 \"b\":2}",
                    "{\"a\":1;\"b\":2}",
                    "{a:1}",
                    "{'a':1}",
                    "{\"a\":'b'}",
                    "{1:1}",
                    "{null:1}",
                    "{\"a\":[1,]}",
                    "{\"a\":[,1]}",
                    "{\"a\":[1 2]}",
                    "{\"a\":[1}",
                    "{\"a\":[1,",
                    "{\"a\":[",
                    "{\"a\":[}",
                    "{\"a\":{]",
                    "{\"a\":1",
                    "{\"a\":",
                    "{\"a",
                    "{\"a\":\"",
                    "{\"a\":1}/**/",
                    "{/**/}",
                    "{\"a\":1}//",
                    "#\n{}",
                    "{\"a\":(1)}",
                    "{\"a\":1}\f",
                    "\u000b{}",
                    "\u00a0{}",
                    "\u2028{}",
                    "{}\u0085"
                })
        void refuses(String json) {
            assertRefused(json);
        }

        @Test
        void keepsTheOrderOfTheMembers() {
            assertThat(members("{\"c\":1,\"a\":2,\"b\":3}"))
                    .containsExactly(Map.entry("c", 1L), Map.entry("a", 2L), Map.entry("b", 3L));
        }

        @Test
        void handsOutUnmodifiableValues() {
            Map<String, Object> members = members("{\"o\":{\"x\":1},\"l\":[1]}");

            assertThatThrownBy(() -> members.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((Map<?, ?>) members.get("o")).clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((List<?>) members.get("l")).clear())
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void tellsNothingOfTheTextInAProblem() {
            assertThat(problem("{\"secret\":geheim}".getBytes(UTF_8)))
                    .doesNotContain("secret", "geheim")
                    .endsWith("at byte 10");
        }
    }

    @Nested
    class Arrays {

        @Test
        void areReadAsElements() {
            assertThat(JsonParser.parseArray(" [ 1, {\"a\":true}, [] ] ".getBytes(UTF_8)))
                    .hasValue(List.of(1L, Map.of("a", true), List.of()));
            assertThat(JsonParser.parseArray("[]".getBytes(UTF_8))).hasValue(List.of());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[",
                    "[]]",
                    "[] x",
                    "[1,]",
                    "[],\"x\":[]",
                    "[{\"a\":1,\"a\":2}]",
                    "\uFEFF[]",
                    "[1e999]"
                })
        void areReadAsStrictlyAsObjects(String text) {
            assertThat(JsonParser.parseArray(text.getBytes(UTF_8))).isEmpty();
        }

        @Test
        void areNoObjects() {
            assertThat(JsonParser.parseObject("[]".getBytes(UTF_8))).isInstanceOf(JsonParseResult.Malformed.class);
        }
    }

    @Nested
    class Literals {

        @Test
        void areTheirJavaValues() {
            assertThat(value("true")).isEqualTo(true);
            assertThat(value("false")).isEqualTo(false);
            assertThat(value("null")).isEqualTo(JsonNull.NULL).hasToString("null");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "True",
                    "TRUE",
                    "tru",
                    "truee",
                    "t",
                    "nul",
                    "nulll",
                    "NULL",
                    "False",
                    "fals",
                    "undefined",
                    "yes",
                    "NaN"
                })
        void refuses(String literal) {
            assertRefused("{\"v\":" + literal + "}");
        }

        @Test
        void thatAreCutOffAreRefused() {
            assertRefused("{\"v\":tru");
            assertRefused("{\"v\":n");
        }
    }

    @Nested
    class Duplicates {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":null,\"a\":1}", "{\"a\":1,\"\\u0061\":1}",
                    "{\"\\u0061\":1,\"a\":1}", "{\"\":1,\"\":2}", "{\"v\":{\"a\":1,\"a\":2}}",
                            "{\"v\":[{\"a\":1,\"a\":2}]}",
                    "{\"\\/\":1,\"/\":2}", "{\"\u00e9\":1,\"\\u00e9\":2}", "{\"\ud83d\ude00\":1,\"\\uD83D\\uDE00\":2}"
                })
        void areRefused(String json) {
            assertThat(problem(json.getBytes(UTF_8))).startsWith("duplicate member name");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1,\"A\":2}",
                    "{\"a\":{\"a\":1}}",
                    "{\"a\":[{\"a\":1},{\"a\":1}]}",
                    "{\"a\":1,\"a \":2}",
                    "{\"e\u0301\":1,\"\u00e9\":2}"
                })
        void areNoneWhereTheNamesDiffer(String json) {
            assertThat(parse(json)).isInstanceOf(JsonParseResult.Parsed.class);
        }
    }

    @Nested
    class Depth {

        @ParameterizedTest
        @CsvSource({"[,]", "{\"a\":,}"})
        void isTakenUpToTheLimit(String open, String close) {
            int below = JsonParser.MAX_DEPTH - 1;
            assertThat(parse("{\"v\":" + open.repeat(below) + innermost(open) + close.repeat(below) + "}"))
                    .isInstanceOf(JsonParseResult.Parsed.class);
        }

        @ParameterizedTest
        @CsvSource({"[,]", "{\"a\":,}"})
        void isRefusedBeyondTheLimit(String open, String close) {
            int beyond = JsonParser.MAX_DEPTH;
            assertThat(problem(("{\"v\":" + open.repeat(beyond) + innermost(open) + close.repeat(beyond) + "}")
                            .getBytes(UTF_8)))
                    .startsWith("nested too deeply");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
        void ofAHundredThousandDoesNotOverflowTheStack(String open) {
            assertThat(problem(("{\"v\":" + open.repeat(100_000)).getBytes(UTF_8)))
                    .startsWith("nested too deeply");
        }

        @Test
        void countsWhatIsOpenNotWhatWas() {
            assertThat(parse("{\"v\":[" + "[],".repeat(1000) + "{}]}")).isInstanceOf(JsonParseResult.Parsed.class);
        }

        private String innermost(String open) {
            return open.equals("[") ? "" : "1";
        }
    }

    @Nested
    class Numbers {

        static Stream<Arguments> accepted() {
            return Stream.of(
                    arguments("0", 0L),
                    arguments("-0", 0L),
                    arguments("1", 1L),
                    arguments("-1", -1L),
                    arguments("999999999999999999", 999_999_999_999_999_999L),
                    arguments("9223372036854775807", Long.MAX_VALUE),
                    arguments("-9223372036854775808", Long.MIN_VALUE),
                    arguments("9223372036854775808", new BigDecimal("9223372036854775808")),
                    arguments("-9223372036854775809", new BigDecimal("-9223372036854775809")),
                    arguments("1.5", new BigDecimal("1.5")),
                    arguments("-0.0", new BigDecimal("0.0")),
                    arguments("1.0", new BigDecimal("1.0")),
                    arguments("1e0", 1L),
                    arguments("1E2", new BigDecimal("1E2")),
                    arguments("1e+2", new BigDecimal("1E2")),
                    arguments("1e-2", new BigDecimal("0.01")),
                    arguments("1.25E-10", new BigDecimal("1.25E-10")),
                    arguments("1e307", new BigDecimal("1E307")),
                    arguments("1e-307", new BigDecimal("1E-307")),
                    arguments("1".repeat(JsonParser.MAX_NUMBER_LENGTH), new BigDecimal("1".repeat(40))));
        }

        @ParameterizedTest
        @MethodSource
        void accepted(String number, Object expected) {
            assertThat(value(number)).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "01",
                    "-01",
                    "00",
                    "+1",
                    "-",
                    "--1",
                    "1.",
                    ".5",
                    "-.5",
                    "1.e1",
                    "1e",
                    "1e+",
                    "1E-",
                    "1e1.5",
                    "1.2.3",
                    "1e1e1",
                    "0x10",
                    "0b1",
                    "1_000",
                    "1f",
                    "1L",
                    "1d",
                    "Infinity",
                    "-Infinity",
                    "NaN",
                    "-NaN",
                    "1 2",
                    "\uff11",
                    "\u0661",
                    "1\u0660",
                    "1,000.0"
                })
        void refusedBySyntax(String number) {
            assertRefused("{\"v\":" + number + "}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1e400",
                    "-1e400",
                    "1e-400",
                    "1e309",
                    "1E1000000000",
                    "1E-1000000000",
                    "1E2147483647",
                    "1E2147483648",
                    "1E99999999999999999999",
                    "-1E-99999999999999999999",
                    "0E1000000000",
                    "0e-400",
                    "0.1E2147483648"
                })
        void refusedAsOutOfBounds(String number) {
            assertThat(problem(("{\"v\":" + number + "}").getBytes(UTF_8))).startsWith("number out of bounds");
        }

        @ParameterizedTest
        @ValueSource(ints = {JsonParser.MAX_NUMBER_LENGTH + 1, 4000, 1_000_000})
        void refusedAsTooLong(int digits) {
            for (String number : List.of("9".repeat(digits), "0." + "0".repeat(digits), "1e" + "0".repeat(digits))) {
                assertThat(problem(("{\"v\":" + number + "}").getBytes(UTF_8))).startsWith("number too long");
            }
        }
    }

    @Nested
    class Strings {

        @ParameterizedTest
        @MethodSource
        void read(String json, String expected) {
            assertThat(value(json)).isEqualTo(expected);
            assertThat(members("{" + json + ":1}")).containsOnlyKeys(expected);
        }

        static Stream<Arguments> read() {
            return Stream.of(
                    arguments("\"\"", ""),
                    arguments("\"a b\"", "a b"),
                    arguments("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"),
                    arguments("\"\\u0041\\u00e9\\u20AC\\u20ac\"", "A\u00e9\u20ac\u20ac"),
                    arguments("\"\\u0000\"", "\0"),
                    arguments("\"\u007f\u0080\u07ff\u0800\uffff\"", "\u007f\u0080\u07ff\u0800\uffff"),
                    arguments("\"\ud83d\ude00\"", "\ud83d\ude00"),
                    arguments("\"\\uD83D\\uDE00\"", "\ud83d\ude00"),
                    arguments("\"\u00e9\\n\u00e9\"", "\u00e9\n\u00e9"),
                    arguments("\"\ufeff\"", "\ufeff"),
                    arguments("\"'//*\"", "'//*"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"\\x41\"",
                    "\"\\a\"",
                    "\"\\'\"",
                    "\"\\0\"",
                    "\"\\U0041\"",
                    "\"\\u\"",
                    "\"\\u004\"",
                    "\"\\u004g\"",
                    "\"\\u00 1\"",
                    "\"\\u+041\"",
                    "\"\\u-041\"",
                    "\"\\u\uff10\uff10\uff14\uff11\"",
                    "\"\\\"",
                    "\"a",
                    "\"a\\",
                    "\"a\\u",
                    "\"a\\u00",
                    "\"a\\\\\\\"",
                    "\"a\nb\"",
                    "\"a\tb\"",
                    "\"a\u0000b\"",
                    "\"\\n\u001f\""
                })
        void refused(String json) {
            assertRefused("{\"v\":" + json + "}");
            assertRefused("{\"v\":" + json);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"\\uD800\"",
                    "\"\\uDC00\"",
                    "\"\\uD800x\"",
                    "\"\\uDC00\\uD800\"",
                    "\"\\uD800\\uD800\"",
                    "\"\\uD83D\\uDE00\\uDE00\"",
                    "\"a\\uDBFF\"",
                    "\"\\uD83D\\n\\uDE00\""
                })
        void withUnpairedSurrogatesAreRefused(String json) {
            assertThat(problem(("{\"v\":" + json + "}").getBytes(UTF_8))).startsWith("unpaired surrogate");
        }
    }

    @Nested
    class Encodings {

        @ParameterizedTest
        @CsvSource({
            "80, continuation alone",
            "C3, lead alone",
            "C328, lead without continuation",
            "E282, three bytes cut off",
            "E28228, third byte wrong",
            "F09F98, four bytes cut off",
            "C080, overlong NUL",
            "C1A1, overlong letter a",
            "E080AF, overlong slash",
            "F08080AF, overlong slash in four",
            "EDA080, surrogate",
            "EDB080, low surrogate",
            "EDA0BDEDB880, CESU-8 pair",
            "F4908080, beyond Unicode",
            "F888808080, five bytes",
            "FE, never a byte of UTF-8",
            "FF, never a byte of UTF-8"
        })
        void malformedUtf8IsRefusedInValueNameAndBesideEscapes(String hex, String why) {
            for (String frame : List.of("{\"v\":\"%s\"}", "{\"%s\":1}", "{\"v\":\"\\n%s\"}", "{\"v\":\"%s\\n\"}")) {
                String[] parts = frame.split("%s");
                byte[] json = HexFormat.of().parseHex(hex(parts[0]) + hex + hex(parts[1]));

                assertThat(problem(json)).as(why).startsWith("malformed UTF-8");
            }
        }

        @Test
        void bytesBeyondAsciiOutsideOfStringsAreRefused() {
            assertRefused("{\u00a0\"v\":1}");
            assertRefused("{\"v\":\u00a01}");
        }

        @Test
        void aByteOrderMarkIsRefused() {
            assertRefused("\ufeff{}");
        }

        static Stream<Charset> utf16() {
            return Stream.of(UTF_16, UTF_16BE, UTF_16LE);
        }

        @ParameterizedTest
        @MethodSource
        void utf16(Charset charset) {
            assertThat(JsonParser.parseObject("{\"v\":1}".getBytes(charset)))
                    .isInstanceOf(JsonParseResult.Malformed.class);
        }

        private String hex(String ascii) {
            return HexFormat.of().formatHex(ascii.getBytes(ISO_8859_1));
        }
    }

    @Test
    void noPrefixOfAnObjectIsAnObject() {
        String json = "{\"a\":[1.5e3,\"\\u00e9\u00e9\",{\"b\":null}],\"c\":true}";
        byte[] bytes = json.getBytes(UTF_8);

        for (int length = 0; length < bytes.length; length++) {
            assertThat(JsonParser.parseObject(java.util.Arrays.copyOf(bytes, length)))
                    .isInstanceOf(JsonParseResult.Malformed.class);
        }
    }
}
