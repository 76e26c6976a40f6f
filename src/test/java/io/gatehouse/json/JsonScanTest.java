package io.gatehouse.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To go through an object without reading it refuses exactly what reading it does; and finds the same values. */
class JsonScanTest {

    private static final List<String> SEEDS = List.of(
            "{}",
            " { \"a\" : 1 , \"b\" : [ true, false, null, {} ] } ",
            "{\"iss\":\"https://a.example\",\"exp\":1772366700,\"aud\":[\"a\",\"b\"],\"n\":-0,\"m\":1.5e3}",
            "{\"o\":{\"a\":{\"b\":[1,2,{\"c\":\"d\"}]},\"e\":\"\\u00e9\\n\"},\"u\":\"\u00e9\u20ac\ud83d\ude00\"}",
            "{\"a\":{\"x\":1,\"y\":2,\"x2\":3},\"b\":\"\\ud83d\\ude00\",\"c\":12345678901234567890}",
            "{\"a\":[[[[[[]]]]]],\"b\":\"\",\"\":0}",
            "{\"many\":{" + members(20) + "},\"z\":1}",
            "{\"a\":1e308,\"b\":1e-308,\"c\":0.1,\"d\":-1}");

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":" + i).collect(Collectors.joining(","));
    }

    private static void assertSame(byte[] json) {
        JsonScan scan = new JsonScan();
        JsonScan.Outcome outcome = scan.scan(json, json.length);
        if (!(JsonParser.parseObject(json) instanceof JsonParseResult.Parsed parsed)) {
            assertThat(outcome).as(new String(json, UTF_8)).isNotEqualTo(JsonScan.Outcome.OBJECT);
            return;
        }
        assertThat(outcome).as(new String(json, UTF_8)).isNotEqualTo(JsonScan.Outcome.MALFORMED);
        if (outcome == JsonScan.Outcome.OBJECT) {
            assertFound(parsed.members(), scan, "xx." + Base64Url.encode(json) + ".yy");
        }
    }

    private static void assertFound(Map<String, Object> members, JsonScan scan, String text) {
        EncodedObject encoded = EncodedObject.of(scan, text, 3);
        assertThat(encoded.asMap()).isEqualTo(members);
        assertThat(encoded.names()).containsExactlyElementsOf(members.keySet());
        members.forEach((name, value) -> {
            assertThat(scan.hasValue(name)).isEqualTo(value != JsonNull.NULL);
            assertThat(scan.value(name)).isEqualTo(value);
            assertThat(encoded.value(name)).isEqualTo(value);
        });
        for (String absent : List.of("absent", "a\":", "a\":1,\"b", "\\u0061", "i", "is", "issu", "\u0161ss")) {
            if (!members.containsKey(absent)) {
                assertThat(scan.value(absent)).isNull();
                assertThat(scan.hasValue(absent)).isFalse();
                assertThat(encoded.value(absent)).isNull();
            }
        }
    }

    @Test
    void takesAndRefusesWhatTheParserDoes() {
        for (String seed : SEEDS) {
            assertSame(seed.getBytes(UTF_8));
        }
    }

    /** The same texts each time, so that whoever breaks this sees it. */
    @Test
    void takesAndRefusesWhatTheParserDoesWhereTextsAreDamaged() {
        Random random = new Random(7515);
        String signs = "{}[]\":,\\ue0x1 -+.\u0000\u001f\u007ftfn";
        for (int i = 0; i < 40_000; i++) {
            byte[] json = SEEDS.get(i % SEEDS.size()).getBytes(UTF_8);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(json.length);
                switch (random.nextInt(4)) {
                    case 0 -> json[at] = (byte) signs.charAt(random.nextInt(signs.length()));
                    case 1 -> json[at] = (byte) random.nextInt(256);
                    case 2 -> json = Arrays.copyOf(json, Math.max(1, at));
                    default -> json = withCopyOfAPart(json, at, random.nextInt(json.length));
                }
            }
            assertSame(json);
        }
    }

    private static byte[] withCopyOfAPart(byte[] json, int from, int to) {
        List<Byte> all = new ArrayList<>();
        for (int i = 0; i < json.length; i++) {
            all.add(json[i]);
            if (i == to) {
                for (int j = Math.min(from, to); j <= to; j++) {
                    all.add(json[j]);
                }
            }
        }
        byte[] longer = new byte[all.size()];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = all.get(i);
        }
        return longer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "{\"x\":[{\"b\":1,\"c\":{},\"b\":2}]}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":1e400}",
                "{\"a\":1} {}"
            })
    void refusesWithoutReading(String json) {
        byte[] utf8 = json.getBytes(UTF_8);
        assertThat(new JsonScan().scan(utf8, utf8.length)).isEqualTo(JsonScan.Outcome.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"\\u0061\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"\u00e9\":1}"})
    void leavesOddNamesToTheParser(String json) {
        byte[] utf8 = json.getBytes(UTF_8);
        assertThat(new JsonScan().scan(utf8, utf8.length)).isEqualTo(JsonScan.Outcome.ODD);
    }

    @Test
    void leavesManyMembersToTheParser() {
        byte[] most = ("{" + members(JsonScan.MAXIMUM_MEMBERS) + "}").getBytes(UTF_8);
        byte[] tooMany = ("{" + members(JsonScan.MAXIMUM_MEMBERS + 1) + "}").getBytes(UTF_8);
        assertThat(new JsonScan().scan(most, most.length)).isEqualTo(JsonScan.Outcome.OBJECT);
        assertThat(new JsonScan().scan(tooMany, tooMany.length)).isEqualTo(JsonScan.Outcome.ODD);
    }

    @Test
    void findsDuplicatesHoweverManyMembersThereAre() {
        for (int count : new int[] {2, 15, 16, 17, 18, 100}) {
            byte[] json = ("{\"o\":{" + members(count) + ",\"m0\":1}}").getBytes(UTF_8);
            assertThat(new JsonScan().scan(json, json.length))
                    .as("%d members", count)
                    .isEqualTo(JsonScan.Outcome.MALFORMED);
        }
    }

    @Test
    void goesAsDeepAsTheParser() {
        for (int depth = JsonParser.MAX_DEPTH - 2; depth <= JsonParser.MAX_DEPTH + 2; depth++) {
            assertSame(("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8));
            assertSame(("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8));
        }
    }

    @Test
    void seesEachByteOfAString() {
        int[] telling = {
            0, 1, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7e, 0x7f, 0x80, 0xa2, 0xbf, 0xc2, 0xdc, 0xff
        };
        for (int length : new int[] {0, 1, 6, 7, 8, 9, 15, 16, 17, 25}) {
            String text = "x".repeat(length);
            for (int at = 0; at <= length; at++) {
                for (int b : telling) {
                    byte[] json = ("{\"a\":\"" + text.substring(0, at) + "!" + text.substring(at) + "\",\"b\":[1]}")
                            .getBytes(UTF_8);
                    json[6 + at] = (byte) b;
                    assertSame(json);
                }
            }
        }
    }

    /** Told by the byte alone, as the parser reads strings in the same way. */
    @Test
    void takesAStringOfAnyPlainCharacterAndOfNoOther() {
        for (int length = 0; length <= 20; length++) {
            for (int at = 0; at <= length; at++) {
                for (int b = 0; b < 256; b++) {
                    byte[] json =
                            ("{\"a\":\"" + "x".repeat(at) + "!" + "x".repeat(length - at) + "\"}").getBytes(UTF_8);
                    json[6 + at] = (byte) b;
                    boolean plain = b >= 0x20 && b < 0x80 && b != '"' && b != '\\';
                    JsonScan scan = new JsonScan();
                    assertThat(scan.scan(json, json.length) == JsonScan.Outcome.OBJECT)
                            .as("byte %d at %d of %d", b, at, length)
                            .isEqualTo(plain);
                    if (plain) {
                        assertThat(scan.value("a")).isEqualTo("x".repeat(at) + (char) b + "x".repeat(length - at));
                    }
                }
            }
        }
    }

    @Test
    void tellsNamesApartThatAreAlikeInLengthAndBeginning() {
        byte[] json = "{\"ab\":1,\"ac\":null,\"ad\":3,\"ae\":4}".getBytes(UTF_8);
        JsonScan scan = new JsonScan();
        scan.scan(json, json.length);
        assertThat(List.of("ab", "ad", "ae")).extracting(scan::value).containsExactly(1L, 3L, 4L);
        assertThat(scan.hasValue("ac")).isFalse();
        assertThat(scan.value("af")).isNull();
    }

    @Test
    void forgetsTheTextBefore() {
        JsonScan scan = new JsonScan();
        byte[] first = "{\"a\":1,\"b\":2}".getBytes(UTF_8);
        byte[] second = "{\"c\":3}".getBytes(UTF_8);
        scan.scan(first, first.length);
        scan.scan(second, second.length);
        assertThat(scan.value("a")).isNull();
        assertThat(scan.value("c")).isEqualTo(3L);
    }
}
