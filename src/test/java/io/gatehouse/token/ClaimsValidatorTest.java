package io.gatehouse.token;

import static io.gatehouse.testing.TestTokens.CLOCK;
import static io.gatehouse.testing.TestTokens.ISSUER;
import static io.gatehouse.testing.TestTokens.NOW;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.KEY_NOT_KNOWN;
import static io.gatehouse.token.InvalidTokenReason.SENDER_CONSTRAINED;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.gatehouse.testing.TestJson;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a token is, what it is, and who stands behind it. */
class ClaimsValidatorTest extends ClaimsValidatorFixture {

    @Test
    void acceptsTheValidToken() {
        assertValid();
    }

    @Nested
    class Issuer {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "1",
                    "true",
                    "{}",
                    "[]",
                    "[\"https://issuer.example/realms/main\"]",
                    "\"\"",
                    "\" \"",
                    "\"https://issuer.example/realms/main/\"",
                    "\"https://issuer.example/realms/mai\"",
                    "\"https://issuer.example/realms/mainx\"",
                    "\"https://issuer.example/realms/Main\"",
                    "\"HTTPS://issuer.example/realms/main\"",
                    "\"http://issuer.example/realms/main\"",
                    "\"https://issuer.example:443/realms/main\"",
                    "\" https://issuer.example/realms/main\"",
                    "\"https://issuer.example/realms/main \"",
                    "\"https://issuer.example/realms/main\\u0000\"",
                    "\"https://issuer.example/realms/m%61in\"",
                    "\"https://issuer.example/realms/./main\"",
                    "\"https://issuer.example/realms/main#\"",
                    "\"https://\\u0456ssuer.example/realms/main\"",
                    "\"https://issuer.example/realms/ma\\uff49n\"",
                    "\"https://issuer.example/realms/main\\u200b\"",
                    "\"https://issuer.example/realms/main,https://issuer.example/realms/main\""
                })
        void otherThanExactlyTheTrustedOneIsRefused(String iss) {
            claim("iss", iss);
            assertRefused(ISSUER_NOT_TRUSTED);
        }

        @Test
        void isComparedAfterUnescaping() {
            claim("iss", "\"https:\\/\\/issuer.example\\/realms\\/m\\u0061in\"");
            assertValid();
        }

        @Test
        void mayBeAbsentOnlyWhereItIsNotRequired() {
            settings.required = Set.of("exp");
            claim("iss", "absent");
            assertValid();

            claim("iss", "null");
            assertRefused(ISSUER_NOT_TRUSTED);
        }
    }

    @Nested
    class Kind {

        @ParameterizedTest
        @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout"})
        void otherThanAnAccessTokenIsRefused(String typ) {
            claim("typ", TestJson.quote(typ));
            assertRefused(TYPE_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent", "null", "1", "\"Bearer\"", "\"anything\"", "[\"ID\"]"})
        void thatIsNotKnownToBeAnotherIsAccepted(String typ) {
            claim("typ", typ);
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "{}", "1", "\"x\"", "{\"jkt\":\"a\"}", "{\"x5t#S256\":\"a\"}"})
        void boundToAKeyOfItsSenderIsRefused(String cnf) {
            claim("cnf", cnf);
            assertRefused(SENDER_CONSTRAINED);
        }

        @Test
        void boundToAKeyOfItsSenderIsAcceptedWhereThatIsExpresslyIgnored() {
            settings.senderConstraintIgnored = true;
            claim("cnf", "{\"jkt\":\"a\"}");
            assertValid();
        }
    }

    @Test
    void refusesAKindOfTokenThatIsNotTaken() {
        claim("at_hash", "\"x\"");
        assertRefused(TYPE_NOT_ACCEPTED);

        settings.kinds = new KindRule(true, Set.of(), false, true);
        assertRefused(InvalidTokenReason.SCOPE_MISSING);

        claim("scope", "\"a\"");
        assertValid();
    }

    @Nested
    class TheAuthenticity {

        private final AtomicInteger asked = new AtomicInteger();

        private Authenticity.Check counting(Authenticity answer) {
            return () -> {
                asked.incrementAndGet();
                return answer;
            };
        }

        @Test
        void isAskedOnceWhereTheClaimsAreRight() {
            validate(CLOCK, counting(new Authenticity.Genuine()));
            assertThat(asked).hasValue(1);
        }

        @ParameterizedTest
        @CsvSource({"iss,1", "aud,1", "exp,1", "nbf,99999999999", "iat,99999999999", "upn,1", "iat,absent"})
        void isNotAskedWhereTheClaimsAreReasonEnough(String claim, String value) {
            claim(claim, value);

            assertThat(validate(CLOCK, counting(new Authenticity.Genuine())))
                    .isInstanceOf(TokenValidationResult.Invalid.class);
            assertThat(asked).hasValue(0);
        }

        @ParameterizedTest
        @EnumSource(InvalidTokenReason.class)
        void thatIsDeniedRefusesForItsReason(InvalidTokenReason reason) {
            assertThat(validate(CLOCK, counting(new Authenticity.NotGenuine(reason))))
                    .isEqualTo(new TokenValidationResult.Invalid(reason));
        }

        /** {@code @Introspected} goes by it. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void tellsWhetherTheIssuerWasAsked(boolean introspected) {
            assertThat(validate(CLOCK, () -> new Authenticity.Genuine(introspected)))
                    .isInstanceOfSatisfying(
                            TokenValidationResult.Valid.class,
                            valid -> assertThat(valid.token().introspected()).isEqualTo(introspected));
        }

        @Test
        void thatCannotBeFoundOutIsNoVerdict() {
            assertThat(validate(CLOCK, counting(new Authenticity.Unknown(Duration.ofSeconds(7)))))
                    .isEqualTo(new TokenValidationResult.Unavailable(Duration.ofSeconds(7)));
        }

        @Test
        void thatIsDeniedComesAfterTheClaims() {
            claim("exp", "1");
            assertThat(validate(CLOCK, counting(new Authenticity.NotGenuine(KEY_NOT_KNOWN))))
                    .isEqualTo(new TokenValidationResult.Invalid(EXPIRED));
        }
    }

    @Nested
    class TheProof {

        @Test
        void holdsWhatWasDecidedUpon() {
            ValidatedToken token = ((TokenValidationResult.Valid) validate()).token();

            assertThat(token.accessToken()).isSameAs(TOKEN);
            assertThat(token.issuer()).isEqualTo(new TrustedIssuer("default", ISSUER));
            assertThat(token.callerName()).isEqualTo("alice@example.com");
            assertThat(token.expiresAt()).contains(NOW.plusSeconds(300));
            assertThat(token.claims().names()).containsExactlyElementsOf(claims.keySet());
        }

        @Test
        void hasNoExpirationWhereThereIsNone() {
            settings.required = Set.of();
            claim("exp", "absent");
            assertThat(((TokenValidationResult.Valid) validate()).token().expiresAt())
                    .isEmpty();
        }

        @Test
        void canBeMadeInThisRoomOnly() {
            assertThat(ValidatedToken.class).isFinal();
            assertThat(ValidatedToken.class.getConstructors()).isEmpty();
            assertThat(ValidatedToken.class.getDeclaredConstructors())
                    .allMatch(constructor -> constructor.getModifiers() == 0);
        }
    }

    @Nested
    class ThePolicy {

        @Test
        void refusesNegativeSkews() {
            settings.expirySkew = Duration.ofSeconds(-1);
            assertThatIllegalArgumentException().isThrownBy(settings::policy);

            settings = new Settings();
            settings.startSkew = Duration.ofSeconds(-1);
            assertThatIllegalArgumentException().isThrownBy(settings::policy);
        }

        @Test
        void refusesToNameNobody() {
            settings.callerNames = List.of();
            assertThatIllegalArgumentException().isThrownBy(settings::policy);
        }

        @Test
        void needsAnAudienceRule() {
            settings.audience = null;
            assertThatNullPointerException().isThrownBy(settings::policy);
        }
    }
}
