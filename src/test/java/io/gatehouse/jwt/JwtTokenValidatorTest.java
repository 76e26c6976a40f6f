package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;
import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.KEY_NOT_KNOWN;
import static io.gatehouse.token.InvalidTokenReason.SIGNATURE_NOT_VALID;
import static io.gatehouse.token.InvalidTokenReason.TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokenValidatorTest {

    @Nested
    class Accepts {

        @ParameterizedTest
        @EnumSource
        void everyAlgorithm(SignatureAlgorithm algorithm) {
            TestGate.of(algorithm).assertAccepted(TestTokens.valid().algorithm(algorithm));
        }

        @ParameterizedTest
        @CsvSource({"RS256,RSA_3072", "EDDSA,ED448"})
        void furtherKeys(SignatureAlgorithm algorithm, String name) throws Exception {
            KeyPair pair = (KeyPair) TestKeys.class.getField(name).get(null);
            TestGate.of(pair.getPublic())
                    .assertAccepted(TestTokens.valid().algorithm(algorithm).signedWith(algorithm, pair.getPrivate()));
        }

        @Test
        void aTokenWhoseKeyIsAPemFile() {
            TestGate gate = TestGate.ofText(TestKeys.pem(RSA.getPublic()));

            gate.assertAccepted(TestTokens.valid());
            gate.assertAccepted(TestTokens.valid().header("kid", "\"whatever\""));
            gate.assertAccepted(TestTokens.valid().withoutHeader("kid"));
        }

        @Test
        void theNewerAndTheOlderNameOfAnEdwardsCurve() {
            TestGate gate = TestGate.of(TestKeys.ED25519.getPublic());

            gate.assertAccepted(TestTokens.valid().algorithm(SignatureAlgorithm.EDDSA));
            gate.assertAccepted(TestTokens.valid().algorithm(SignatureAlgorithm.ED25519));
        }

        @Test
        void andHandsOutTheProof() {
            String compact = TestTokens.valid().compact();

            ValidatedToken token = ((TokenValidationResult.Valid) TestGate.rsa().validate(compact)).token();
            assertThat(token.accessToken()).isEqualTo(AccessToken.of(compact));
            assertThat(token.callerName()).isEqualTo("alice@example.com");
            assertThat(token.claims().strings("groups")).containsExactly("user", "clerk");
        }
    }

    @Nested
    class KeyIds {

        private final TestGate gate = TestGate.ofText(jwks(
                jwk(RSA.getPublic(), "kid", "\"rsa\""),
                jwk(OTHER_RSA.getPublic(), "kid", "\"other\""),
                jwk(P_256.getPublic(), "kid", "\"ec\"")));

        @ParameterizedTest
        @CsvSource(
                value = {
                    "\"rsa\";valid",
                    "\"other\";SIGNATURE_NOT_VALID",
                    "\"ec\";ALGORITHM_NOT_ACCEPTED",
                    "\"unknown\";KEY_NOT_KNOWN",
                    "\"RSA\";KEY_NOT_KNOWN",
                    "\"rsa \";KEY_NOT_KNOWN",
                    "\" rsa\";KEY_NOT_KNOWN",
                    "\"\";KEY_NOT_KNOWN",
                    "\"rsa\\u0000\";KEY_NOT_KNOWN",
                    "\"r\\u0073a\";valid",
                    "\"../../etc/passwd\";KEY_NOT_KNOWN",
                    "\"/dev/null\";KEY_NOT_KNOWN",
                    "\"x' UNION SELECT 'key\";KEY_NOT_KNOWN",
                    "\"${jndi:ldap://x/a}\";KEY_NOT_KNOWN",
                    "\"%s%n\";KEY_NOT_KNOWN",
                    "\"a\\r\\nX: y\";KEY_NOT_KNOWN",
                    "\"__proto__\";KEY_NOT_KNOWN",
                    "null;HEADER_NOT_ACCEPTED",
                    "1;HEADER_NOT_ACCEPTED",
                    "[\"rsa\"];HEADER_NOT_ACCEPTED",
                    "{};HEADER_NOT_ACCEPTED",
                    "true;HEADER_NOT_ACCEPTED"
                },
                delimiter = ';',
                quoteCharacter = '`')
        void selectExactlyOneKey(String kid, String outcome) {
            TestTokens token = TestTokens.valid().header("kid", kid);
            if (outcome.equals("valid")) {
                gate.assertAccepted(token);
            } else {
                gate.assertRefused(token, InvalidTokenReason.valueOf(outcome));
            }
        }

        @Test
        void thatAreVeryLongAreJustUnknown() {
            gate.assertRefused(TestTokens.valid().header("kid", TestJson.quote("k".repeat(8000))), KEY_NOT_KNOWN);
        }

        @Test
        void mayBeAbsentAndThenEveryFittingKeyIsTried() {
            gate.assertAccepted(TestTokens.valid().withoutHeader("kid"));
            gate.assertAccepted(TestTokens.valid()
                    .withoutHeader("kid")
                    .signedWith(SignatureAlgorithm.RS256, OTHER_RSA.getPrivate()));
            gate.assertRefused(
                    TestTokens.valid()
                            .withoutHeader("kid")
                            .signedWith(SignatureAlgorithm.RS256, TestKeys.RSA_3072.getPrivate()),
                    SIGNATURE_NOT_VALID);
        }

        @Test
        void thatAreSharedByTwoKeysLeaveTheChoiceToTheAlgorithm() {
            TestGate shared =
                    TestGate.ofText(jwks(jwk(P_256.getPublic(), "kid", "\"k\""), jwk(RSA.getPublic(), "kid", "\"k\"")));

            shared.assertAccepted(TestTokens.valid().header("kid", "\"k\""));
            shared.assertAccepted(TestTokens.valid().header("kid", "\"k\"").algorithm(SignatureAlgorithm.ES256));
        }
    }

    @Nested
    class KeysOutOfReach {

        @Test
        void areNoVerdict() {
            TestGate gate = TestGate.answering(new KeyLookup.Unavailable(Duration.ofSeconds(9)));

            assertThat(gate.validate(TestTokens.valid().compact()))
                    .isEqualTo(new TokenValidationResult.Unavailable(Duration.ofSeconds(9)));
        }

        @Test
        void doNotSaveATokenThatIsRefusedAnyway() {
            TestGate gate = TestGate.answering(new KeyLookup.Unavailable(Duration.ofSeconds(9)));

            gate.assertRefused(TestTokens.valid().claim("exp", "1"), InvalidTokenReason.EXPIRED);
        }

        @Test
        void areNotThoseThatDoNotExist() {
            TestGate.answering(new KeyLookup.NotFound()).assertRefused(TestTokens.valid(), KEY_NOT_KNOWN);
        }
    }

    @Nested
    class LooksUpNoKey {

        private void assertRefusedWithoutLookup(String token) {
            TestGate gate = TestGate.rsa();

            assertThat(gate.validate(token)).isInstanceOf(TokenValidationResult.Invalid.class);
            assertThat(gate.lookups()).isZero();
        }

        @ParameterizedTest
        @CsvSource(
                value = {
                    "iss|\"https://attacker.example\"",
                    "iss|absent",
                    "aud|\"other\"",
                    "aud|absent",
                    "exp|1",
                    "exp|absent",
                    "exp|\"soon\"",
                    "nbf|99999999999",
                    "nbf|true",
                    "iat|99999999999",
                    "iat|absent",
                    "upn|1",
                    "cnf|{}",
                    "typ|\"Refresh\""
                },
                delimiter = '|',
                quoteCharacter = '`')
        void whereTheClaimsRefuse(String claim, String json) {
            TestTokens token = TestTokens.valid();
            assertRefusedWithoutLookup(
                    (json.equals("absent") ? token.withoutClaim(claim) : token.claim(claim, json)).compact());
        }

        @ParameterizedTest
        @CsvSource(
                value = {
                    "alg|\"none\"",
                    "alg|\"HS256\"",
                    "alg|1",
                    "typ|\"logout+jwt\"",
                    "crit|[]",
                    "kid|1",
                    "zip|\"DEF\"",
                    "jwk|{}",
                    "b64|true",
                    "alg|\"RSA-OAEP\""
                },
                delimiter = '|',
                quoteCharacter = '`')
        void whereTheHeaderRefuses(String parameter, String json) {
            assertRefusedWithoutLookup(
                    TestTokens.valid().header(parameter, json).compact());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "...", "....", "opaque", "a.b.c", "e30.e30.", "e30.e30.e30"})
        void whereTheFormRefuses(String token) {
            assertRefusedWithoutLookup(token);
        }

        @Test
        void moreThanOnceForAGoodToken() {
            TestGate gate = TestGate.rsa();

            assertThat(gate.accepts(TestTokens.valid().compact())).isTrue();
            assertThat(gate.lookups()).isEqualTo(1);
        }
    }

    @Nested
    class Length {

        private final String token = TestTokens.valid().compact();

        private TestGate limitedTo(int length) {
            return TestGate.with(new JwtSettings(length, JwtSettings.DEFAULT_TYPES, null));
        }

        @Test
        void isTakenUpToTheLimit() {
            assertThat(limitedTo(token.length()).accepts(token)).isTrue();
        }

        @Test
        void isRefusedOneCharacterBeyond() {
            limitedTo(token.length() - 1).assertRefused(token, TOO_LONG);
        }

        @Test
        void ofMegabytesIsRefused() {
            TestGate.rsa().assertRefused("A".repeat(10_000_000), TOO_LONG);
            TestGate.rsa().assertRefused(".".repeat(10_000_000), TOO_LONG);
        }

        @Test
        void hasAPositiveLimit() {
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtSettings(0, JwtSettings.DEFAULT_TYPES, null));
        }
    }

    /** Read where they stand in the token, and not by what reads introspection answers. */
    @Nested
    class RequiredClaims {

        private TokenValidationResult validate(TestTokens token) throws Exception {
            ClaimsPolicy base = TestTokens.policy();
            ClaimsPolicy claims = new ClaimsPolicy(
                    base.issuer(),
                    base.audience(),
                    base.expirySkew(),
                    base.startSkew(),
                    null,
                    Set.of("iss", "aud", "exp", "acr"),
                    base.callerNameClaims(),
                    "",
                    false);
            JwtTrust trust = TestGate.trust(
                    VerificationKeys.parse(TestKeys.pem(RSA.getPublic()), KeyPolicy.strict()),
                    KeyPolicy.strict(),
                    new ClaimsValidator(claims, TestTokens.CLOCK),
                    TestGate.settings(null));
            return new JwtTokenValidator(
                            TestGate.settings(null), TestGate.verified(Map.of(TestTokens.ISSUER, trust)), null)
                    .validate(AccessToken.of(token.compact()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"gold\"", "\"\"", "0", "false", "[]", "{}"})
        void haveAnyValue(String acr) throws Exception {
            assertThat(validate(TestTokens.valid().claim("acr", acr))).isInstanceOf(TokenValidationResult.Valid.class);
        }

        @Test
        void areMissingWhereTheyAreAbsentOrNull() throws Exception {
            TokenValidationResult missing = new TokenValidationResult.Invalid(CLAIM_MISSING);

            assertThat(validate(TestTokens.valid())).isEqualTo(missing);
            assertThat(validate(TestTokens.valid().claim("acr", "null"))).isEqualTo(missing);
            assertThat(validate(TestTokens.valid().claim("ACR", "\"gold\""))).isEqualTo(missing);
            assertThat(validate(TestTokens.valid().claim("inner", "{\"acr\":\"gold\"}")))
                    .isEqualTo(missing);
        }
    }

    @Nested
    class SeveralIssuers {

        private static final String SECOND = "https://second.example";

        private JwtTrust trust(String issuer, KeyPair keys, KeyPolicy policy) throws Exception {
            ClaimsPolicy base = TestTokens.policy();
            ClaimsPolicy claims = new ClaimsPolicy(
                    new TrustedIssuer(issuer, issuer),
                    new AudienceRule.Any(),
                    base.expirySkew(),
                    base.startSkew(),
                    null,
                    base.requiredClaims(),
                    base.callerNameClaims(),
                    "",
                    false);
            return TestGate.trust(
                    VerificationKeys.parse(TestKeys.pem(keys.getPublic()), policy),
                    policy,
                    new ClaimsValidator(claims, TestTokens.CLOCK),
                    TestGate.settings(null));
        }

        private TokenValidationResult validate(TestTokens token) throws Exception {
            KeyPolicy onlyPs256 = new KeyPolicy(Set.of(SignatureAlgorithm.PS256), KeyPolicy.STRONG_RSA_BITS);
            JwtTokenValidator validator = new JwtTokenValidator(
                    TestGate.settings(null),
                    TestGate.verified(Map.of(
                            TestTokens.ISSUER,
                            trust(TestTokens.ISSUER, RSA, KeyPolicy.strict()),
                            SECOND,
                            trust(SECOND, OTHER_RSA, onlyPs256))),
                    null);
            return validator.validate(AccessToken.of(token.compact()));
        }

        @Test
        void areKeptApart() throws Exception {
            TestTokens ofFirst = TestTokens.valid();
            TestTokens ofSecond = TestTokens.valid()
                    .claim("iss", TestJson.quote(SECOND))
                    .header("alg", "\"PS256\"")
                    .signedWith(SignatureAlgorithm.PS256, OTHER_RSA.getPrivate());

            assertThat(validate(ofFirst)).isInstanceOf(TokenValidationResult.Valid.class);
            assertThat(validate(ofSecond)).isInstanceOf(TokenValidationResult.Valid.class);
        }

        @Test
        void cannotSignForEachOther() throws Exception {
            TestTokens forged = TestTokens.valid()
                    .claim("iss", TestJson.quote(SECOND))
                    .header("alg", "\"PS256\"")
                    .signedWith(SignatureAlgorithm.PS256, RSA.getPrivate());

            assertThat(validate(forged)).isEqualTo(new TokenValidationResult.Invalid(SIGNATURE_NOT_VALID));
        }

        @Test
        void haveTheirOwnAlgorithms() throws Exception {
            TestTokens token = TestTokens.valid()
                    .claim("iss", TestJson.quote(SECOND))
                    .signedWith(SignatureAlgorithm.RS256, OTHER_RSA.getPrivate());

            assertThat(validate(token)).isEqualTo(new TokenValidationResult.Invalid(ALGORITHM_NOT_ACCEPTED));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"absent", "null", "1", "[\"https://second.example\"]", "\"https://third.example\"", "\"\""})
        void areChosenByAnExactIssuerOnly(String iss) throws Exception {
            TestTokens token = TestTokens.valid();
            token = iss.equals("absent") ? token.withoutClaim("iss") : token.claim("iss", iss);

            assertThat(validate(token)).isEqualTo(new TokenValidationResult.Invalid(ISSUER_NOT_TRUSTED));
        }
    }

    @Test
    void refusesAnEncryptedTokenWhereTokensAreOnlySigned() {
        TestGate.rsa()
                .assertRefused(TestEnvelope.around(TestTokens.valid().compact()).compact(), ENCRYPTION_NOT_ACCEPTED);
    }
}
