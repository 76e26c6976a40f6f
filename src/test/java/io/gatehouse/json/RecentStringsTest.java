package io.gatehouse.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal strings become the same object where that can be had, and different ones never do. */
class RecentStringsTest {

    private final RecentStrings recent = new RecentStrings();

    private String string(String text) {
        byte[] json = ("\"" + text + "\"").getBytes(US_ASCII);
        return recent.of(json, 1, text.length());
    }

    /** What an array is read as, among other bytes. */
    private Object list(String json) {
        byte[] bytes = ("xyz" + json + "xyz").getBytes(US_ASCII);
        Object known = recent.list(bytes, 3, bytes.length - 3);
        if (known != null) {
            return known;
        }
        JsonReader reader = new JsonReader(recent);
        reader.begin(bytes, 3, bytes.length - 3);
        Object read = reader.value();
        recent.noteList(bytes, 3, bytes.length - 3, read);
        return read;
    }

    @Test
    void areSharedWhereTheyAreShort() {
        assertThat(string("orders-reader")).isEqualTo("orders-reader").isSameAs(string("orders-reader"));
        assertThat(string("")).isEmpty();
        assertThat(string("x".repeat(25))).isEqualTo("x".repeat(25)).isNotSameAs(string("x".repeat(25)));
    }

    @Test
    void areNeverMixedUp() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(string("department-" + i)).isEqualTo("department-" + i);
            }
        }
    }

    /** They differ in one character, or in length alone: and that may be at any place. */
    @Test
    void areTheirOwnToTheLastCharacter() {
        for (int round = 0; round < 2; round++) {
            for (int length = 0; length <= 26; length++) {
                String text = "a".repeat(length);
                assertThat(string(text)).isEqualTo(text);
                for (int at = 0; at < length; at++) {
                    String other = text.substring(0, at) + "b" + text.substring(at + 1);
                    assertThat(string(other)).isEqualTo(other);
                }
            }
        }
    }

    /** Thousands of callers, each with a name of his own, and the same groups. */
    @Test
    void stayWhereNewOnesComeAndGo() {
        String group = string("orders-reader");
        for (int i = 0; i < 20_000; i++) {
            string("caller-" + i);
            assertThat(string("orders-reader")).isSameAs(group);
        }
    }

    @Test
    void areSharedAsListsAsWell() {
        Object groups = list("[\"a\",\"b\"]");
        for (int i = 0; i < 5_000; i++) {
            assertThat(list("[\"a\",\"team-" + i + "\"]")).isEqualTo(List.of("a", "team-" + i));
            assertThat(list("[\"a\",\"b\"]")).isSameAs(groups);
        }
        assertThat(list("[\"b\",\"a\"]")).isEqualTo(List.of("b", "a"));
    }

    @Test
    void areListsOfTheirOwnToTheLastCharacter() {
        for (int round = 0; round < 2; round++) {
            for (int length = 0; length <= 26; length++) {
                for (int at = 0; at < length; at++) {
                    String text = "a".repeat(at) + "b" + "a".repeat(length - at - 1);
                    assertThat(list("[\"" + text + "\"]")).isEqualTo(List.of(text));
                }
            }
        }
    }

    @Test
    void areNotSharedAsListsOfUnusualLength() {
        assertThat(list(ofLength(512))).isSameAs(list(ofLength(512)));
        assertThat(list(ofLength(513))).isEqualTo(list(ofLength(513))).isNotSameAs(list(ofLength(513)));
    }

    private static String ofLength(int bytes) {
        return "[\"" + "a".repeat(bytes - 4) + "\"]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[\"a\",{}]", "[[\"a\"]]", "[null]"})
    void areNotSharedAsListsWithAnythingElseInThem(String json) {
        assertThat(list(json)).isEqualTo(list(json)).isNotSameAs(list(json));
    }
}
