package io.gatehouse.token;

import static io.gatehouse.testing.TestTokens.AUDIENCE;
import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a token is for. */
class ClaimsValidatorAudienceTest extends ClaimsValidatorFixture {

    @Nested
    class Audience {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"orders-api\"",
                    "[\"orders-api\"]",
                    "[\"other\",\"orders-api\"]",
                    "[\"orders-api\",\"orders-api\"]"
                })
        void thatIsOursIsAccepted(String aud) {
            claim("aud", aud);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "1",
                    "true",
                    "{}",
                    "{\"orders-api\":true}",
                    "[]",
                    "[[\"orders-api\"]]",
                    "[\"orders-api\",1]",
                    "[\"orders-api\",null]",
                    "[null]",
                    "\"\"",
                    "[\"\"]",
                    "\"orders\"",
                    "\"orders-api2\"",
                    "\"xorders-api\"",
                    "\"Orders-API\"",
                    "\" orders-api\"",
                    "\"orders-api \"",
                    "\"orders-api,other\"",
                    "\"orders-api other\"",
                    "\"*\"",
                    "[\"*\"]",
                    "\"orders-api\\u0000\"",
                    "\"orders\\u2010api\""
                })
        void thatIsNotOursIsRefused(String aud) {
            claim("aud", aud);
            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }

        @Test
        void isNotReplacedByTheAuthorizedParty() {
            claim("aud", "absent");
            claim("azp", "\"orders-api\"");
            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"a\"", "[\"b\"]", "[\"x\",\"b\"]"})
        void mayBeAnyOfSeveral(String aud) {
            settings.audience = new AudienceRule.OneOf(Set.of("a", "b"));
            claim("aud", aud);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent", "\"other\"", "[\"other\"]", "[]"})
        void isNotLookedAtWhereAnyWillDo(String aud) {
            settings.audience = new AudienceRule.Any();
            settings.required = Set.of("iss", "exp", "iat");
            claim("aud", aud);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "{}", "[1]"})
        void ofTheWrongTypeIsRefusedAlsoWhereAnyWillDo(String aud) {
            settings.audience = new AudienceRule.Any();
            claim("aud", aud);
            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }

        @Test
        void ruleWithoutAnAudienceCannotBeMade() {
            assertThatIllegalArgumentException().isThrownBy(() -> new AudienceRule.OneOf(Set.of()));
        }
    }

    /** Cognito says in client_id whom an access token is for. */
    @Nested
    class AnotherAudienceClaim {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                delimiter = ';',
                value = {
                    "\"orders-api\"; true",
                    "[\"x\",\"orders-api\"]; true",
                    "\"another\"; false",
                    "[\"orders-api\",1]; false",
                    "1; false",
                    "null; false",
                    "absent; false"
                })
        void isComparedInThePlaceOfAud(String json, boolean accepted) {
            settings.audience = new AudienceRule.OneOf(Set.of(AUDIENCE), "client_id");
            settings.required = Set.of("iss", "client_id", "exp", "iat");
            claim("client_id", json);
            claim("aud", "absent");

            if (accepted) {
                assertValid();
            } else {
                assertRefused(AUDIENCE_NOT_ACCEPTED);
            }
        }

        @Test
        void isNotMadeUpForByAud() {
            settings.audience = new AudienceRule.OneOf(Set.of(AUDIENCE), "client_id");
            settings.required = Set.of("iss", "client_id", "exp", "iat");

            assertRefused(AUDIENCE_NOT_ACCEPTED);
        }
    }
}
