package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestKeys;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private static VerificationKey key(String kid) {
        return new VerificationKey(kid, TestKeys.RSA.getPublic(), Set.of(SignatureAlgorithm.RS256));
    }

    private static KeyLookup lookup(String kid, VerificationKey... keys) {
        return new KeySet(List.of(keys)).lookup(kid);
    }

    @Test
    void findsTheKeyOfAnId() {
        assertThat(lookup("a", key("a"), key("b"))).isEqualTo(new KeyLookup.Found(List.of(key("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a ", " a", "", "a\u0000", "../a", "a' OR '1'='1", "\u0430", "__proto__"})
    void comparesIdsExactly(String kid) {
        assertThat(lookup(kid, key("a"), key("b"))).isEqualTo(new KeyLookup.NotFound());
    }

    @Test
    void meansEveryKeyWhereTheTokenNamesNone() {
        assertThat(lookup(null, key("a"), key("b"), key(null)))
                .isEqualTo(new KeyLookup.Found(List.of(key("a"), key("b"), key(null))));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"a", "anything"})
    void meansAKeyWithoutIdWhateverTheTokenNames(String kid) {
        assertThat(lookup(kid, key(null))).isEqualTo(new KeyLookup.Found(List.of(key(null))));
    }

    @Test
    void prefersTheKeyOfTheIdToOneWithout() {
        assertThat(lookup("a", key(null), key("a"))).isEqualTo(new KeyLookup.Found(List.of(key("a"))));
        assertThat(lookup("b", key(null), key("a"))).isEqualTo(new KeyLookup.Found(List.of(key(null))));
    }

    @Test
    void findsAllKeysThatShareAnId() {
        assertThat(lookup("a", key("a"), key("b"), key("a")))
                .isEqualTo(new KeyLookup.Found(List.of(key("a"), key("a"))));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "a")
    void findsNothingInAnEmptySet(String kid) {
        assertThat(lookup(kid)).isEqualTo(new KeyLookup.NotFound());
    }

    @Test
    void findsOneAmongManyAndMeansAllOfThemWithoutAnId() {
        VerificationKey[] many =
                IntStream.range(0, 100).mapToObj(i -> key("k" + i)).toArray(VerificationKey[]::new);

        assertThat(lookup(null, many)).isEqualTo(new KeyLookup.Found(List.of(many)));
        assertThat(lookup("k99", many)).isEqualTo(new KeyLookup.Found(List.of(key("k99"))));
    }

    @Test
    void knowsWhichIdsItHas() {
        KeySet keys = new KeySet(List.of(key("a"), key(null)));
        assertThat(keys.has("a")).isTrue();
        assertThat(keys.has("b")).isFalse();
        assertThat(keys.has(null)).isFalse();
    }
}
