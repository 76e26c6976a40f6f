package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenChoiceTest {

    private static final TokenResponse ONE = of("one.example", "token-1", "read");
    private static final TokenResponse SEVERAL = of(
            "one.example",
            "token-1",
            "read",
            of("two.example", "token-2", "read", "write"),
            of("three.example", "token-3", "search"));

    private static TokenResponse of(@Nullable String server, String token, String scope, TokenResponse... others) {
        return TokenAnswers.of(server, token, TestTokens.NOW, Set.of(scope.split(" ")), others);
    }

    private static TokenResponse of(String server, String token, String scope, String scope2) {
        return TokenAnswers.of(server, token, TestTokens.NOW, Set.of(scope, scope2));
    }

    private static String choose(@Nullable String server, Set<String> scopes, TokenResponse answer) {
        return new TokenChoice("orders", server, scopes)
                .of(new TokenResult.Granted(answer))
                .match(granted -> granted.response().accessToken(), TokenResult.Failed::problem);
    }

    @Test
    void takesTheOnlyOne() {
        assertThat(choose(null, Set.of(), ONE)).isEqualTo("token-1");
        assertThat(choose(null, Set.of("another"), ONE))
                .as("what was granted is for the target to judge")
                .isEqualTo("token-1");
    }

    @ParameterizedTest
    @CsvSource({"one.example,token-1", "two.example,token-2", "three.example,token-3"})
    void goesByTheResourceServer(String server, String token) {
        assertThat(choose(server, Set.of(), SEVERAL)).isEqualTo(token);
        assertThat(choose(server, Set.of("anything"), SEVERAL))
                .as("whatever the scopes")
                .isEqualTo(token);
    }

    @ParameterizedTest
    @CsvSource({"write,token-2", "read write,token-2", "search,token-3"})
    void goesByTheScopesOtherwise(String scopes, String token) {
        assertThat(choose(null, Set.of(scopes.split(" ")), SEVERAL)).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"four.example", "ONE.example", "one", ""})
    void namesWhatWasOfferedWhereItIsNotThere(String server) {
        assertThat(choose(server, Set.of(), SEVERAL))
                .isEqualTo("client orders: the answer holds no token for the resource server " + server
                        + "; offered are those of one.example, three.example, two.example")
                .doesNotContain("token-");
        assertThat(choose(server, Set.of(), ONE)).endsWith("offered are those of one.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "read search", "nothing"})
    void isNoGuessWhereTheScopesDoNotTell(String scopes) {
        assertThat(choose(null, Set.of(scopes.split(" ")), SEVERAL))
                .contains("offered are those of one.example, three.example, two.example")
                .doesNotContain("token-");
    }

    @Test
    void isNoGuessWhereNothingIsSaid() {
        assertThat(choose(null, Set.of(), SEVERAL)).contains("several tokens").doesNotContain("token-");
    }

    @Test
    void isNoGuessBetweenTwoOfOneServer() {
        TokenResponse twice = of("one.example", "token-1", "read", of("one.example", "token-2", "write"));

        assertThat(choose("one.example", Set.of(), twice)).contains("several tokens");
    }

    @Test
    void makesNamesFitForALogAndTheListShort() {
        TokenResponse[] many = new TokenResponse[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = of("server\r\n" + i + "x".repeat(1000), "token", "read");
        }

        assertThat(choose("another", Set.of(), of(null, "token-1", "read", many)))
                .contains("(unnamed)")
                .endsWith(", …")
                .doesNotContain("\r", "\n")
                .hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "mac", "", "N_A"})
    void refusesATypeThatItDoesNotUnderstand(String type) {
        TokenResponse other = new TokenResponse(
                "token-1", type, TestTokens.NOW, Duration.ofHours(1), Set.of(), null, null, null, Map.of(), List.of());

        assertThat(choose(null, Set.of(), other)).contains("none of type Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "Bearer"})
    void doesNotMindTheCaseOfTheType(String type) {
        TokenResponse other = new TokenResponse(
                "token-1", type, TestTokens.NOW, Duration.ofHours(1), Set.of(), null, null, null, Map.of(), List.of());

        assertThat(choose(null, Set.of(), other)).isEqualTo("token-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Evil: 1", "\u00e9"})
    void refusesWhatFitsIntoNoHeader(String token) {
        assertThat(choose(null, Set.of(), of("one.example", token, "read"))).contains("fits into no header");
    }

    @Test
    void leavesAFailureAsItIs() {
        TokenChoice choice = new TokenChoice("orders", null, Set.of());

        assertThat(choice.of(TokenAnswers.OUTAGE)).isEqualTo(TokenAnswers.OUTAGE);
    }
}
