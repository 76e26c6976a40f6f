package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.token.InvalidTokenReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeTest {

    private final BearerChallenge challenge = new BearerChallenge("orders");

    @Test
    void namesNoErrorWhereNoCredentialWasSent() {
        assertThat(challenge.plain()).isEqualTo("Bearer realm=\"orders\"");
    }

    @Test
    void namesTheErrorAndItsReason() {
        assertThat(challenge.invalidToken(InvalidTokenReason.EXPIRED))
                .isEqualTo(
                        "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"the token has expired\"");
        assertThat(challenge.invalidRequest("the token is empty"))
                .isEqualTo(
                        "Bearer realm=\"orders\", error=\"invalid_request\", error_description=\"the token is empty\"");
    }

    @ParameterizedTest
    @EnumSource
    void canBeWrittenForEveryReason(InvalidTokenReason reason) {
        assertThat(challenge.invalidToken(reason)).contains(reason.description());
    }

    @Test
    void allowsExactlyTheCharactersOfRfc6750() {
        for (char c = 0; c < 0x200; c++) {
            boolean allowed = c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
            assertThat(BearerChallenge.isAllowed("a" + c + "b"))
                    .as("character %d", (int) c)
                    .isEqualTo(allowed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "a\r\nX: y", "caf\u00e9", "\ud83d\ude00"})
    void refusesATextThatNeedsEscaping(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BearerChallenge(text));
        assertThatIllegalArgumentException().isThrownBy(() -> challenge.invalidRequest(text));
    }
}
