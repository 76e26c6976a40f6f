package io.gatehouse.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nGATE0003 all is well",
                "a\r\nb",
                "a\u001b[2Jb",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "a\u202eb",
                "a\u200bb",
                "a\ud800b",
                "a\"b",
                "a\\b",
                "a\ue000b"
            })
    void letsNoCharacterThroughThatCouldDeceiveAReader(String text) {
        assertThat(Quoted.of(text)).startsWith("\"a?").endsWith("\"").matches("\"[ -~&&[^\"\\\\]]*\"");
    }

    @Test
    void leavesWordsAsTheyAre() {
        assertThat(Quoted.of("https://issuer.example/réalm 1")).isEqualTo("\"https://issuer.example/réalm 1\"");
    }

    @Test
    void cutsShort() {
        assertThat(Quoted.of("x".repeat(120))).isEqualTo("\"" + "x".repeat(120) + "\"");
        assertThat(Quoted.of("x".repeat(100_000))).isEqualTo("\"" + "x".repeat(120) + "...\"");
    }

    @Test
    void listsAFewAndCountsTheRest() {
        assertThat(Quoted.all(List.of())).isEqualTo("[]");
        assertThat(Quoted.sorted(List.of("b", "a"))).isEqualTo("[\"a\", \"b\"]");
        assertThat(Quoted.all(
                        IntStream.range(0, 1000).mapToObj(Integer::toString).toList()))
                .isEqualTo("[\"0\", \"1\", \"2\", \"3\", \"4\" and 995 more]");
    }
}
