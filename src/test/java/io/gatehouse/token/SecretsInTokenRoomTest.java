package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestTokens;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsInTokenRoomTest {

    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

    static Stream<Object> holders() {
        return Stream.of(
                AccessToken.of("secret.token.value"),
                TOKEN,
                TOKEN.claims(),
                new TokenValidationResult.Valid(TOKEN),
                new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED),
                new TokenValidationResult.Unavailable(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void showNothingOfTheTokenOrOfTheCaller(Object holder) {
        assertThat(holder.toString()).doesNotContainIgnoringCase("secret", "value", "alice", "24400320", "clerk");
    }

    @Test
    void anAccessTokenIsEqualByItsCharacters() {
        assertThat(AccessToken.of("a")).isEqualTo(AccessToken.of("a")).hasSameHashCodeAs(AccessToken.of("a"));
        assertThat(AccessToken.of("a")).isNotEqualTo(AccessToken.of("b")).isNotEqualTo("a");
        assertThat(AccessToken.of("a").value()).isEqualTo("a");
    }
}
