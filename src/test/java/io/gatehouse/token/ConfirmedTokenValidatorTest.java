package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.TokenValidationResult.Invalid;
import io.gatehouse.token.TokenValidationResult.Unavailable;
import io.gatehouse.token.TokenValidationResult.Valid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfirmedTokenValidatorTest {

    private static final AccessToken TOKEN = AccessToken.of("header.payload.signature");

    private final List<AccessToken> asked = new ArrayList<>();

    private static Valid valid(String name) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.put("upn", '"' + name + '"');
        return new Valid(TestTokens.validated(claims));
    }

    static Stream<TokenValidationResult> refusals() {
        return Stream.of(
                new Invalid(InvalidTokenReason.NOT_ACTIVE),
                new Invalid(InvalidTokenReason.EXPIRED),
                new Unavailable(Duration.ofSeconds(3)));
    }

    private TokenValidationResult validate(TokenValidationResult first, TokenValidationResult second) {
        TokenValidator counting = token -> {
            asked.add(token);
            return second;
        };
        return new ConfirmedTokenValidator(token -> first, counting).validate(TOKEN);
    }

    @Test
    void takesWhatBothTakeWithTheClaimsOfTheFirst() {
        Valid signed = valid("signed");

        assertThat(validate(signed, valid("introspected"))).isSameAs(signed);
        assertThat(asked).containsExactly(TOKEN);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void doesNotTakeWhatTheSecondDoesNot(TokenValidationResult refusal) {
        assertThat(validate(valid("signed"), refusal)).isSameAs(refusal);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void doesNotAskTheSecondAboutWhatTheFirstDoesNotTake(TokenValidationResult refusal) {
        assertThat(validate(refusal, valid("introspected"))).isSameAs(refusal);
        assertThat(asked).isEmpty();
    }
}
