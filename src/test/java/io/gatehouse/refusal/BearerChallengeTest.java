package io.gatehouse.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.token.InvalidTokenReason;
import java.net.URI;
import java.util.List;
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

    @Test
    void saysWhereTheMetadataOfTheResourceAre() {
        BearerChallenge published = new BearerChallenge("orders", URI.create("https://api.example/.well-known/x"));
        assertThat(published.plain())
                .isEqualTo("Bearer realm=\"orders\", resource_metadata=\"https://api.example/.well-known/x\"");
        assertThat(published.invalidRequest("two tokens"))
                .startsWith(published.plain() + ", error=\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "a\r\nX: y", "caf\u00e9"})
    void refusesAWordThatIsNone(String word) {
        assertThat(BearerChallenge.isWord(word)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> challenge.plain(List.of("read", word)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> challenge.insufficientAuthentication("x", List.of(word), null));
    }
}
