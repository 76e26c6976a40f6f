package io.gatehouse.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an object in base64url remembers of itself; that it reads the right values is in {@link JsonScanTest}. */
class EncodedObjectTest {

    /** Too long for {@link RecentStrings}: whether two are the same object shows who remembered it. */
    private static final String LONG = "\"" + "x".repeat(40) + "\"";

    private static EncodedObject encoded(String json) {
        byte[] utf8 = json.getBytes(UTF_8);
        JsonScan scan = new JsonScan();
        assertThat(scan.scan(utf8, utf8.length)).isEqualTo(JsonScan.Outcome.OBJECT);
        return EncodedObject.of(scan, Base64Url.encode(utf8), 0);
    }

    /** What is answered when the member was asked for before. */
    private static Object again(EncodedObject object, String name) {
        object.value(name);
        return object.value(name);
    }

    @Nested
    class Remembers {

        @ParameterizedTest
        @ValueSource(strings = {"40 characters", "[40 characters]", "[40 characters, 40 characters]", "12345678901"})
        void whatIsReadAgain(String json) {
            EncodedObject object = encoded("{\"a\":" + json.replace("40 characters", LONG) + ",\"b\":1}");
            assertThat(again(object, "a")).isNotNull().isSameAs(object.value("a"));
        }

        @Test
        void severalMembersEachByItsName() {
            EncodedObject object = encoded("{\"ab\":\"1\",\"a\":\"2\",\"b\":[\"3\"],\"c\":4,\"d\":false,\"e\":null}");
            for (int again = 0; again < 3; again++) {
                assertThat(object.value("b")).isEqualTo(List.of("3"));
                assertThat(object.value("a")).isEqualTo("2");
                assertThat(object.value("ab")).isEqualTo("1");
                assertThat(object.value("d")).isEqualTo(false);
                assertThat(object.value("e")).isEqualTo(JsonNull.NULL);
                assertThat(object.value("c")).isEqualTo(4L);
                assertThat(object.value("absent")).isNull();
            }
        }

        @Test
        void aListThatCannotBeChanged() {
            Object groups = again(encoded("{\"a\":[\"x\",\"y\"]}"), "a");
            assertThatThrownBy(() -> Collections.swap((List<?>) groups, 0, 1))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    /** The groups of one caller are those of the next, or of his next token. */
    @Test
    void sharesListsWithOtherObjects() {
        JsonScan scan = new JsonScan();
        Object groups = null;
        for (String rest : List.of(",\"b\":1}", ",\"b\":[2]}", ",\"c\":{}}")) {
            byte[] utf8 = ("{\"a\":[\"x\",\"y\"]" + rest).getBytes(UTF_8);
            scan.scan(utf8, utf8.length);
            Object read = EncodedObject.of(scan, Base64Url.encode(utf8), 0).value("a");
            assertThat(read).isEqualTo(List.of("x", "y"));
            groups = groups == null ? read : groups;
            assertThat(read).isSameAs(groups);
        }
    }

    @Nested
    class DoesNotRemember {

        @Test
        void whatIsReadOnce() {
            EncodedObject object = encoded("{\"a\":" + LONG + "}");
            assertThat(object.value("a")).isEqualTo("x".repeat(40)).isNotSameAs(object.value("a"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"b\":1}", "[{}]", "[1]", "[[\"x\"]]", "1.5"})
        void whatTakesMuchMoreMemoryThanItsText(String json) {
            EncodedObject object = encoded("{\"a\":" + json + "}");
            assertThat(again(object, "a")).isEqualTo(object.value("a")).isNotSameAs(object.value("a"));
        }

        @Test
        void moreTextThanTheBound() {
            EncodedObject object = encoded(IntStream.range(0, 64)
                    .mapToObj(i -> "\"m" + i + "\":" + LONG)
                    .collect(Collectors.joining(",", "{", "}")));
            int remembered = 0;
            for (int i = 0; i < 64; i++) {
                remembered += again(object, "m" + i) == object.value("m" + i) ? 1 : 0;
            }
            assertThat(remembered).isPositive().isLessThanOrEqualTo(ReadMember.MAXIMUM_CHARACTERS / LONG.length());
        }

        @Test
        void oneLongMember() {
            EncodedObject object = encoded("{\"a\":\"" + "x".repeat(ReadMember.MAXIMUM_CHARACTERS) + "\"}");
            assertThat(again(object, "a")).isNotNull().isNotSameAs(object.value("a"));
        }

        @Test
        void anythingForTheSameObjectInAnotherText() {
            EncodedObject object = encoded("{\"a\":" + LONG + "}");
            Object value = again(object, "a");
            EncodedObject other = object.in(Base64Url.encode(("{\"a\":" + LONG + "}").getBytes(UTF_8)));
            assertThat(other.value("a")).isEqualTo(value).isNotSameAs(value);
        }
    }

    @Test
    void tellsManyThreadsTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 200; round++) {
                EncodedObject object =
                        encoded("{\"a\":\"a" + round + "\",\"b\":[\"b" + round + "\"],\"c\":" + round + "}");
                List<Object> expected = List.of("a" + round, List.of("b" + round), (long) round);
                List<Callable<List<Object>>> readers = new ArrayList<>();
                for (int thread = 0; thread < 8; thread++) {
                    readers.add(() -> {
                        again(object, "b");
                        again(object, "a");
                        return List.of(object.value("a"), object.value("b"), again(object, "c"));
                    });
                }
                for (Future<List<Object>> read : threads.invokeAll(readers)) {
                    assertThat(read.get()).isEqualTo(expected);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
