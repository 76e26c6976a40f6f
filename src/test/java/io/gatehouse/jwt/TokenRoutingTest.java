package io.gatehouse.jwt;

import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.NOT_ACTIVE;
import static io.gatehouse.token.InvalidTokenReason.SIGNATURE_NOT_VALID;
import static io.gatehouse.token.InvalidTokenReason.TOO_LONG;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.DecryptionKeys;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidationResult.Invalid;
import io.gatehouse.token.TokenValidationResult.Valid;
import io.gatehouse.token.TokenValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are decided here, and which the authorization server is asked about. */
class TokenRoutingTest {

    private final List<String> asked = new ArrayList<>();
    private JweSettings encryption;

    private TokenValidationResult validate(String token) {
        try {
            VerificationKeys keys = VerificationKeys.parse(
                    TestKeys.jwks(TestKeys.jwk(TestKeys.RSA.getPublic(), "kid", TestJson.quote(TestTokens.KID))),
                    KeyPolicy.strict());
            JwtTrust trust = TestGate.trust(
                    keys,
                    KeyPolicy.strict(),
                    new ClaimsValidator(TestTokens.policy(), TestTokens.CLOCK),
                    TestGate.settings(encryption));
            return new JwtTokenValidator(
                            TestGate.settings(encryption),
                            TestGate.verified(Map.of(TestTokens.ISSUER, trust)),
                            other -> {
                                asked.add(other.value());
                                return new Invalid(NOT_ACTIVE);
                            })
                    .validate(AccessToken.of(token));
        } catch (UnusableKeyException unusable) {
            throw new AssertionError(unusable);
        }
    }

    /** With another way for the tokens of the issuer; whoever is asked answers so. */
    private TokenValidationResult validate(String token, Function<JwtTrust, IssuerRoute> route) {
        JwtTrust trust = TestGate.trust(
                kid -> new KeyLookup.Found(
                        List.of(new VerificationKey(null, TestKeys.RSA.getPublic(), Set.of(SignatureAlgorithm.RS256)))),
                KeyPolicy.strict(),
                new ClaimsValidator(TestTokens.policy(), TestTokens.CLOCK),
                TestGate.settings(null));
        return new JwtTokenValidator(
                        TestGate.settings(null),
                        new IssuerIndex<>(Map.of(IssuerIdentifier.exactly(TestTokens.ISSUER), route.apply(trust))),
                        null)
                .validate(AccessToken.of(token));
    }

    private TokenValidator answering(TokenValidationResult answer) {
        return token -> {
            asked.add(token.value());
            return answer;
        };
    }

    @Nested
    class OfAnIssuerThatIsAskedAnyway {

        private final String good = TestTokens.valid().compact();

        @Test
        void areNotDecidedByTheirSignature() {
            TokenValidator revoked = answering(new Invalid(NOT_ACTIVE));

            assertThat(validate(good, trust -> new IssuerRoute.Asked(revoked))).isEqualTo(new Invalid(NOT_ACTIVE));
            assertThat(asked).containsExactly(good);
        }

        @Test
        void areTakenOnlyWhereSignatureAndIssuerAgree() {
            TokenValidator revoked = answering(new Invalid(NOT_ACTIVE));
            TokenValidator outage = answering(new TokenValidationResult.Unavailable(Duration.ofSeconds(3)));

            assertThat(validate(good, trust -> new IssuerRoute.Confirmed(trust, revoked)))
                    .isEqualTo(new Invalid(NOT_ACTIVE));
            assertThat(validate(good, trust -> new IssuerRoute.Confirmed(trust, outage)))
                    .isEqualTo(new TokenValidationResult.Unavailable(Duration.ofSeconds(3)));
            TokenValidationResult agreed = validate(good, trust -> new IssuerRoute.Verified(trust));
            assertThat(validate(good, trust -> new IssuerRoute.Confirmed(trust, answering(agreed))))
                    .isInstanceOf(Valid.class);
            assertThat(asked).hasSize(3);
        }

        @Test
        void areNotAskedAboutWhereTheSignatureIsForged() {
            String forged = TestTokens.valid()
                    .signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate())
                    .compact();

            assertThat(validate(forged, trust -> new IssuerRoute.Confirmed(trust, answering(new Invalid(NOT_ACTIVE)))))
                    .isEqualTo(new Invalid(SIGNATURE_NOT_VALID));
            assertThat(asked).isEmpty();
        }
    }

    private void assertDecidedHere(TestTokens token, InvalidTokenReason reason) {
        assertThat(validate(token.compact())).isEqualTo(new Invalid(reason));
        assertThat(asked).isEmpty();
    }

    @Nested
    class AskedAbout {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2YotnFZFEjr1zCsicMWpAA",
                    "a",
                    "a.b",
                    "a.b.c",
                    "a.b.c.d",
                    "a.b.c.d.e",
                    "a.b.c.d.e.f",
                    "...",
                    "..",
                    "secret-token:E92FB7EB-D882-47A4-A265-A0B6135DC842",
                    "abc=="
                })
        void areTokensThatAreNoJwts(String token) {
            validate(token);

            assertThat(asked).containsExactly(token);
        }

        static List<TestTokens> foreign() {
            return List.of(
                    TestTokens.valid(),
                    TestTokens.valid().header("typ", "\"whatever\""),
                    TestTokens.valid().header("alg", "\"HS256\""),
                    TestTokens.valid().header("alg", "\"none\""),
                    TestTokens.valid().claim("aud", "\"another\""),
                    TestTokens.valid().claim("exp", "1"),
                    TestTokens.valid().header("kid", "\"another\""),
                    TestTokens.valid().withoutHeader("alg"),
                    TestTokens.valid().header("alg", "1"),
                    TestTokens.valid().header("crit", "[\"exp\"]"),
                    TestTokens.valid().header("b64", "true"),
                    TestTokens.valid().header("zip", "\"DEF\""),
                    TestTokens.valid().header("jwk", "{}"),
                    TestTokens.valid().header("jwks", "{}"),
                    TestTokens.valid().header("kid", "7"),
                    TestTokens.valid().header("typ", "[]"),
                    TestTokens.valid().header("jku", "\"https://evil.example\""));
        }

        @ParameterizedTest
        @MethodSource("foreign")
        void areJwtsOfOtherIssuers(TestTokens token) {
            String compact = token.claim("iss", "\"https://another.example\"").compact();

            assertThat(validate(compact)).isEqualTo(new Invalid(NOT_ACTIVE));
            assertThat(asked).containsExactly(compact);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "[\"" + TestTokens.ISSUER + "\"]", "\"\"", "{}"})
        void areJwtsWhoseIssuerIsNoName(String iss) {
            validate(TestTokens.valid().claim("iss", iss).compact());

            assertThat(asked).hasSize(1);
        }

        @Test
        void areJwtsWithoutAnIssuer() {
            validate(TestTokens.valid().withoutClaim("iss").compact());

            assertThat(asked).hasSize(1);
        }
    }

    @Nested
    class DecidedHere {

        @Test
        void areGoodJwtsOfTheTrustedIssuer() {
            assertThat(validate(TestTokens.valid().compact())).isInstanceOf(Valid.class);
            assertThat(asked).isEmpty();
        }

        @Test
        void areForgedOnes() {
            assertDecidedHere(
                    TestTokens.valid().signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate()),
                    SIGNATURE_NOT_VALID);
        }

        @Test
        void areThoseWhoseClaimsAreRefused() {
            assertDecidedHere(TestTokens.valid().claim("exp", "1").claim("iat", "0"), EXPIRED);
            assertDecidedHere(TestTokens.valid().claim("aud", "\"another\""), AUDIENCE_NOT_ACCEPTED);
        }

        @Test
        void areThoseOfAnotherTypeOrAlgorithm() {
            assertDecidedHere(TestTokens.valid().header("typ", "\"id\""), TYPE_NOT_ACCEPTED);
            assertDecidedHere(TestTokens.valid().header("alg", "\"none\""), ALGORITHM_NOT_ACCEPTED);
            assertDecidedHere(TestTokens.valid().header("alg", "\"HS256\""), ALGORITHM_NOT_ACCEPTED);
        }

        /** Its rules are known here, and whoever wrote this did not keep to them. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "alg | ALGORITHM_NOT_ACCEPTED",
                    "crit | HEADER_NOT_ACCEPTED",
                    "b64 | HEADER_NOT_ACCEPTED",
                    "zip | HEADER_NOT_ACCEPTED",
                    "jwk | HEADER_NOT_ACCEPTED",
                    "jwks | HEADER_NOT_ACCEPTED",
                    "kid | HEADER_NOT_ACCEPTED",
                    "typ | HEADER_NOT_ACCEPTED"
                })
        void areThoseWithAHeaderThatIsNeverAccepted(String name, InvalidTokenReason reason) {
            assertDecidedHere(TestTokens.valid().header(name, "[\"x\"]"), reason);
        }

        @Test
        void areThoseThatNameNoAlgorithm() {
            assertDecidedHere(TestTokens.valid().withoutHeader("alg"), ALGORITHM_NOT_ACCEPTED);
        }

        static List<String> malformed() {
            String genuine = TestTokens.valid().compact();
            return List.of(
                    TestTokens.valid().header("alg", "\"none\"").signingInput() + ".",
                    TestTokens.valid().signingInput() + ".",
                    TestTokens.valid().signingInput() + ".A",
                    genuine + "=",
                    genuine + "~",
                    "A" + genuine,
                    "=" + genuine,
                    genuine.substring(genuine.indexOf('.')));
        }

        /** A server that looks at the claims alone, or at their id, would call them active. */
        @ParameterizedTest
        @MethodSource("malformed")
        void areThoseThatAreUnsignedOrMalformedAsFarAsTheySayWhoseTheyAre(String token) {
            assertThat(validate(token)).isEqualTo(new Invalid(MALFORMED));
            assertThat(asked).isEmpty();
        }

        @Test
        void areTokensThatAreTooLong() {
            assertThat(validate("a".repeat(JwtSettings.DEFAULT_MAXIMUM_LENGTH + 1)))
                    .isEqualTo(new Invalid(TOO_LONG));
            assertThat(asked).isEmpty();
        }
    }

    /** Where a key for encrypted tokens is configured, those of the trusted issuer have to be encrypted. */
    @Nested
    class WithADecryptionKey {

        private static final String FOREIGN = "\"https://another.example\"";

        @BeforeEach
        void configureTheKey() throws UnusableKeyException {
            DecryptionKeys keys = DecryptionKeys.parse(TestKeys.pem(TestKeys.OTHER_RSA.getPrivate()));
            encryption = new JweSettings(keys, Set.of("RSA-OAEP", "RSA-OAEP-256"));
        }

        private void assertAskedAbout(String token) {
            assertThat(validate(token)).isEqualTo(new Invalid(NOT_ACTIVE));
            assertThat(asked).containsExactly(token);
        }

        @Test
        void encryptedTokensOfTheTrustedIssuerAreDecidedHere() {
            assertThat(validate(
                            TestEnvelope.around(TestTokens.valid().compact()).compact()))
                    .isInstanceOf(Valid.class);
            assertThat(validate(TestEnvelope.around(
                                    TestTokens.valid().header("crit", "[\"x\"]").compact())
                            .compact()))
                    .isEqualTo(new Invalid(InvalidTokenReason.HEADER_NOT_ACCEPTED));
            assertThat(asked).isEmpty();
        }

        @Test
        void signedTokensOfTheTrustedIssuerAreDecidedHere() {
            assertDecidedHere(TestTokens.valid(), InvalidTokenReason.ENCRYPTION_REQUIRED);
        }

        @Test
        void signedTokensOfOthersAreAskedAbout() {
            assertAskedAbout(TestTokens.valid().claim("iss", FOREIGN).compact());
        }

        @Test
        void encryptedTokensOfOthersAreAskedAbout() {
            assertAskedAbout(
                    TestEnvelope.around(TestTokens.valid().claim("iss", FOREIGN).compact())
                            .compact());
        }

        @Test
        void tokensThatAreEncryptedForSomebodyElseAreAskedAbout() {
            assertAskedAbout(TestEnvelope.around(TestTokens.valid().compact())
                    .key(TestKeys.RSA.getPublic())
                    .compact());
        }

        @ParameterizedTest
        @ValueSource(strings = {"crit", "zip", "enc", "cty", "typ"})
        void tokensWhoseEnvelopeIsNotAcceptedAreAskedAbout(String name) {
            assertAskedAbout(TestEnvelope.around(TestTokens.valid().compact())
                    .header(name, "\"x\"")
                    .compact());
        }
    }
}
