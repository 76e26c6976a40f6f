package io.gatehouse.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal strings become the same object where that can be had, and different ones never do. */
class RecentStringsTest {

    private final RecentStrings recent = new RecentStrings();

    private String string(String text) {
        byte[] json = ("\"" + text + "\"").getBytes(US_ASCII);
        return recent.of(json, 1, text.length());
    }

    private Object list(String... texts) {
        return recent.shared(new ReadArray(Arrays.copyOf(texts, texts.length, Object[].class)));
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
        Object groups = list("a", "b");
        for (int i = 0; i < 5_000; i++) {
            assertThat(list("a", "team-" + i)).isEqualTo(List.of("a", "team-" + i));
            assertThat(list("a", "b")).isSameAs(groups);
        }
        assertThat(list("b", "a")).isEqualTo(List.of("b", "a"));
    }

    @Test
    void areNotSharedAsListsOfUnusualLength() {
        String[] many = new String[65];
        Arrays.fill(many, "a");
        assertThat(list(many)).isEqualTo(list(many)).isNotSameAs(list(many));
    }
}
