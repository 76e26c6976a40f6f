package io.gatehouse.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTemplateTest {

    private static final ResourceTemplate DOCUMENT = ResourceTemplate.of("documents/{id}");

    @ParameterizedTest
    @CsvSource({
        "7,                 documents/7",
        "a/b,               documents/a%2Fb",
        "a b,               documents/a%20b",
        "a+b,               documents/a%2Bb",
        "a%2Fb,             documents/a%252Fb",
        "../x,              documents/..%2Fx",
        "...,               documents/...",
        "a?b#c,             documents/a%3Fb%23c",
        "*,                 documents/%2A",
        "{id},              documents/%7Bid%7D",
        "a;v=1,             documents/a%3Bv%3D1",
        "a\\b,              documents/a%5Cb",
        "alice@example.com, documents/alice@example.com",
        "urn:x:1-2_3~4.5,   documents/urn:x:1-2_3~4.5",
        "Søren,             documents/S%C3%B8ren",
        "😀,                documents/%F0%9F%98%80"
    })
    void hasTheValueOfAParameterAsOneSegment(String value, String resource) {
        assertThat(DOCUMENT.resource(Map.of("id", List.of(value)))).hasValue(resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\nb", "\0", "\u007f", "\u0085", "\ud800", "a\udc00"})
    void hasNoResourceForAValueThatNoNameHasInIt(String value) {
        assertThat(DOCUMENT.resource(Map.of("id", List.of(value)))).isEmpty();
    }

    @Test
    void mayHaveSeveralParametersOrNone() {
        assertThat(ResourceTemplate.of("/o/{org}/d/{ id }/{org}")
                        .resource(Map.of("org", List.of("a/b"), "id", List.of("1"), "other", List.of("x"))))
                .hasValue("/o/a%2Fb/d/1/a%2Fb");
        assertThat(ResourceTemplate.of("reports").resource(Map.of())).hasValue("reports");
        assertThat(ResourceTemplate.of("/o/{org}/d/{ id }").parameters()).containsExactlyInAnyOrder("org", "id");
    }

    @Test
    void needsTheParameterInThePath() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DOCUMENT.resource(Map.of("other", List.of("7"))))
                .withMessageContaining("{id}")
                .withMessageContaining("documents/{id}");
    }

    @Test
    void doesNotGuessWhichOfTwoValuesIsMeant() {
        assertThat(DOCUMENT.resource(Map.of("id", List.of("7", "7")))).hasValue("documents/7");
        assertThatIllegalStateException()
                .isThrownBy(() -> DOCUMENT.resource(Map.of("id", List.of("se", "cret"))))
                .withMessageNotContaining("cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/{", "a/}", "a/{}", "a/{b c}", "a/{{b}}", "a/{b:\\d+}"})
    void isNothingElse(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> ResourceTemplate.of(template));
    }
}
