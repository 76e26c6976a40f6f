package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.RSA_3072;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static io.gatehouse.testing.TestKeys.privateJwk;
import static io.gatehouse.token.InvalidTokenReason.ALGORITHM_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ENCRYPTION_REQUIRED;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.HEADER_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.NOT_DECRYPTABLE;
import static io.gatehouse.token.InvalidTokenReason.SIGNATURE_NOT_VALID;
import static io.gatehouse.token.InvalidTokenReason.TOO_LONG;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.DecryptionKeys;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedTokenTest {

    private static final List<String> CONTENT_ENCRYPTIONS =
            List.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512");

    private final String signed = TestTokens.valid().compact();
    private final TestGate gate = decrypting(pem(OTHER_RSA.getPrivate()));

    private static TestGate decrypting(String keys, String... algorithms) {
        Set<String> accepted = algorithms.length == 0 ? JweSettings.SUPPORTED_KEY_ALGORITHMS : Set.of(algorithms);
        try {
            return TestGate.with(TestGate.settings(new JweSettings(DecryptionKeys.parse(keys), accepted)));
        } catch (UnusableKeyException unusable) {
            throw new AssertionError(unusable);
        }
    }

    private void assertRefused(TestEnvelope envelope, InvalidTokenReason reason) {
        gate.assertRefused(envelope.compact(), reason);
    }

    static Stream<Arguments> algorithms() {
        return Stream.of("RSA-OAEP", "RSA-OAEP-256")
                .flatMap(alg -> CONTENT_ENCRYPTIONS.stream().map(enc -> Arguments.of(alg, enc)));
    }

    @Nested
    class Accepts {

        @ParameterizedTest
        @MethodSource("io.gatehouse.jwt.EncryptedTokenTest#algorithms")
        void everyAlgorithm(String alg, String enc) {
            assertThat(gate.accepts(
                            TestEnvelope.around(signed).algorithms(alg, enc).compact()))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "jwt", "application/jwt"})
        void everyWritingOfTheContentType(String cty) {
            assertThat(gate.accepts(TestEnvelope.around(signed)
                            .header("cty", TestJson.quote(cty))
                            .compact()))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "at+jwt", "application/at+jwt"})
        void theTypesOfAccessTokens(String typ) {
            assertThat(gate.accepts(TestEnvelope.around(signed)
                            .header("typ", TestJson.quote(typ))
                            .compact()))
                    .isTrue();
        }

        @Test
        void andKeepsTheTokenAsItWasPresented() {
            String compact = TestEnvelope.around(signed).compact();

            TokenValidationResult.Valid valid = (TokenValidationResult.Valid) gate.validate(compact);
            assertThat(valid.token().accessToken()).isEqualTo(AccessToken.of(compact));
        }
    }

    @Nested
    class SomethingElseInside {

        @Test
        void bareClaimsAreRefusedHoweverTheyAreLabelled() {
            String claims = TestJson.object(TestTokens.validClaims());

            assertRefused(TestEnvelope.around(claims), MALFORMED);
            assertRefused(TestEnvelope.around(claims).withoutHeader("cty"), TYPE_NOT_ACCEPTED);
        }

        /** CVE-2026-29000: whoever knows the public encryption key can write this. */
        @Test
        void anUnsignedTokenIsRefused() {
            TestTokens none = TestTokens.valid().header("alg", "\"none\"");

            assertRefused(TestEnvelope.around(none.signingInput() + "."), MALFORMED);
            assertRefused(TestEnvelope.around(none.compact(new byte[1])), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void aTokenOfAStrangerIsRefused() {
            assertRefused(
                    TestEnvelope.around(TestTokens.valid()
                            .signedWith(SignatureAlgorithm.RS256, RSA_3072.getPrivate())
                            .compact(new byte[256])),
                    SIGNATURE_NOT_VALID);
        }

        @Test
        void anExpiredTokenIsRefused() {
            assertRefused(
                    TestEnvelope.around(TestTokens.valid().claim("exp", "1").compact()), EXPIRED);
        }

        @Test
        void aTokenOfAnotherTypeIsRefused() {
            String logout = TestTokens.valid().header("typ", "\"logout+jwt\"").compact();
            assertRefused(TestEnvelope.around(logout), TYPE_NOT_ACCEPTED);
        }

        @Test
        void aSecondEnvelopeIsRefused() {
            assertRefused(TestEnvelope.around(TestEnvelope.around(signed).compact()), MALFORMED);
        }

        @Test
        void nothingOrRubbishIsRefused() {
            assertRefused(TestEnvelope.around(""), MALFORMED);
            assertRefused(TestEnvelope.around("foo"), MALFORMED);
            assertRefused(TestEnvelope.around(" " + signed), MALFORMED);
            assertRefused(TestEnvelope.around(signed + "\n"), MALFORMED);
            assertRefused(TestEnvelope.around(new byte[] {(byte) 0xff, (byte) 0xfe}), NOT_DECRYPTABLE);
            assertRefused(TestEnvelope.around("\u00e9" + signed), NOT_DECRYPTABLE);
        }
    }

    @Nested
    class SignedOnly {

        @Test
        void isRefusedWhereEncryptionIsRequired() {
            gate.assertRefused(signed, ENCRYPTION_REQUIRED);
            assertThat(gate.lookups()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "...", ".....", "opaque", "a.b.c.d.e.f"})
        void asEveryOtherForm(String token) {
            gate.assertRefused(token, MALFORMED);
        }

        @Test
        void tooLongIsTooLong() {
            gate.assertRefused(".".repeat(10_000_000), TOO_LONG);
        }
    }

    @Nested
    class Header {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "dir",
                    "RSA1_5",
                    "RSA-OAEP-384",
                    "RSA-OAEP-512",
                    "rsa-oaep",
                    "RSA-OAEP ",
                    "A128KW",
                    "A256KW",
                    "A256GCMKW",
                    "ECDH-ES",
                    "ECDH-ES+A128KW",
                    "PBES2-HS256+A128KW",
                    "none",
                    "RS256",
                    "HS256",
                    ""
                })
        void ofAnotherKeyAlgorithmIsRefused(String alg) {
            assertRefused(TestEnvelope.around(signed).header("alg", TestJson.quote(alg)), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void ofTheOlderRsaPaddingIsRefusedAlsoWhereItIsGenuine() {
            assertRefused(TestEnvelope.around(signed).algorithms("RSA1_5", "A128GCM"), ALGORITHM_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"A128CBC", "a256gcm", "A256GCM ", "A512GCM", "XC20P", "none", "", "dir", "RSA-OAEP"})
        void ofAnotherContentEncryptionIsRefused(String enc) {
            assertRefused(TestEnvelope.around(signed).header("enc", TestJson.quote(enc)), ALGORITHM_NOT_ACCEPTED);
        }

        @Test
        void ofADifferentContentEncryptionThanWasUsedIsRefused() {
            for (String used : CONTENT_ENCRYPTIONS) {
                for (String claimed : CONTENT_ENCRYPTIONS) {
                    TestEnvelope envelope = TestEnvelope.around(signed)
                            .algorithms("RSA-OAEP", used)
                            .header("enc", TestJson.quote(claimed));
                    assertThat(gate.accepts(envelope.compact())).isEqualTo(used.equals(claimed));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "[\"A256GCM\"]", "{}"})
        void ofTheWrongTypesIsRefused(String json) {
            assertRefused(TestEnvelope.around(signed).header("enc", json), HEADER_NOT_ACCEPTED);
            assertRefused(TestEnvelope.around(signed).header("alg", json), ALGORITHM_NOT_ACCEPTED);
            assertRefused(TestEnvelope.around(signed).header("cty", json), HEADER_NOT_ACCEPTED);
            assertRefused(TestEnvelope.around(signed).header("kid", json), HEADER_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "JWS", "json", "application/json", "JWT ", "at+jwt", "text/jwt"})
        void ofAnotherContentTypeIsRefused(String cty) {
            assertRefused(TestEnvelope.around(signed).header("cty", TestJson.quote(cty)), TYPE_NOT_ACCEPTED);
        }

        @Test
        void withoutContentTypeIsRefused() {
            assertRefused(TestEnvelope.around(signed).withoutHeader("cty"), TYPE_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"JOSE", "JWE", "logout+jwt", ""})
        void ofAnotherTypeIsRefused(String typ) {
            assertRefused(TestEnvelope.around(signed).header("typ", TestJson.quote(typ)), TYPE_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"crit", "zip", "b64", "jwk"})
        void withAParameterThatIsNeverAcceptedIsRefused(String name) {
            assertRefused(TestEnvelope.around(signed).header(name, "\"DEF\""), HEADER_NOT_ACCEPTED);
        }

        /** CVE-2023-51775 and its kin: the count is never read, so it cannot be computed. */
        @ParameterizedTest
        @ValueSource(strings = {"2147483647", "1000000", "1", "0", "-1", "\"1000\"", "null"})
        void withAnIterationCountCostsNothing(String p2c) {
            assertRefused(
                    TestEnvelope.around(signed)
                            .header("alg", "\"PBES2-HS512+A256KW\"")
                            .header("p2s", "\"c2FsdHNhbHQ\"")
                            .header("p2c", p2c),
                    ALGORITHM_NOT_ACCEPTED);
            assertThat(gate.accepts(
                            TestEnvelope.around(signed).header("p2c", p2c).compact()))
                    .isTrue();
        }

        @Test
        void withACompressedBombIsRefused() throws Exception {
            ByteArrayOutputStream bomb = new ByteArrayOutputStream();
            try (var deflater = new DeflaterOutputStream(bomb, new Deflater(9, true))) {
                deflater.write(new byte[5_000_000]);
            }
            assertRefused(TestEnvelope.around(bomb.toByteArray()).header("zip", "\"DEF\""), HEADER_NOT_ACCEPTED);
        }

        @Test
        void isAuthenticated() {
            String[] parts = TestEnvelope.around(signed).parts();
            parts[0] = TestEnvelope.around(signed).header("x", "1").parts()[0];
            gate.assertRefused(String.join(".", parts), NOT_DECRYPTABLE);
        }
    }

    @Nested
    class Parts {

        @ParameterizedTest
        @MethodSource("io.gatehouse.jwt.EncryptedTokenTest#algorithms")
        void ofAnotherLengthAreRefused(String alg, String enc) {
            String[] parts = TestEnvelope.around(signed).algorithms(alg, enc).parts();
            for (int part = 1; part < 5; part++) {
                byte[] bytes = Base64Url.decode(parts[part]).orElseThrow();
                for (int length :
                        new int[] {0, 1, bytes.length / 2, bytes.length - 1, bytes.length + 1, 2 * bytes.length}) {
                    String[] changed = parts.clone();
                    changed[part] = Base64Url.encode(java.util.Arrays.copyOf(bytes, length));
                    gate.assertRefused(String.join(".", changed), NOT_DECRYPTABLE);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"A256GCM", "A128CBC-HS256"})
        void withAnyBitAnotherAreRefused(String enc) {
            String[] parts =
                    TestEnvelope.around("short").algorithms("RSA-OAEP", enc).parts();
            for (int part = 1; part < 5; part++) {
                byte[] bytes = Base64Url.decode(parts[part]).orElseThrow();
                for (int bit = 0; bit < 8 * bytes.length; bit += part == 1 ? 97 : 5) {
                    byte[] flipped = bytes.clone();
                    flipped[bit / 8] ^= (byte) (1 << bit % 8);
                    String[] changed = parts.clone();
                    changed[part] = Base64Url.encode(flipped);
                    gate.assertRefused(String.join(".", changed), NOT_DECRYPTABLE);
                }
            }
        }

        @Test
        void thatAreNotCanonicalBase64urlAreRefused() {
            String[] parts = TestEnvelope.around(signed).parts();
            for (int part = 0; part < 5; part++) {
                for (String suffix : List.of("=", " ", "!", "\u00e9")) {
                    String[] changed = parts.clone();
                    changed[part] = parts[part] + suffix;
                    gate.assertRefused(String.join(".", changed), MALFORMED);
                }
            }
        }

        @Test
        void ofTheWrongNumberAreRefused() {
            String compact = TestEnvelope.around(signed).compact();
            gate.assertRefused(compact + ".", MALFORMED);
            gate.assertRefused(compact + ".x", MALFORMED);
            gate.assertRefused(compact.substring(0, compact.lastIndexOf('.')), MALFORMED);
        }

        @Test
        void doNotTellAWrongKeyFromAWrongTag() {
            String[] wrongKey = TestEnvelope.around(signed).key(RSA.getPublic()).parts();
            String[] wrongTag = TestEnvelope.around(signed).parts();
            wrongTag[4] = Base64Url.encode(new byte[16]);

            assertThat(gate.validate(String.join(".", wrongKey))).isEqualTo(gate.validate(String.join(".", wrongTag)));
        }

        /** A key that cannot be unwrapped is replaced by one that nobody can guess; one of zeros would be everybody's. */
        @ParameterizedTest
        @ValueSource(ints = {0, 0xff})
        void areNotOpenedByAKeyThatAnybodyKnows(int value) {
            for (String enc : new String[] {"A256GCM", "A128CBC-HS256"}) {
                String[] parts = TestEnvelope.around(signed)
                        .algorithms("RSA-OAEP", enc)
                        .contentKeyOf(value)
                        .parts();
                assertThat(gate.accepts(String.join(".", parts))).isTrue();

                parts[1] = Base64Url.encode(new byte[256]);
                gate.assertRefused(String.join(".", parts), NOT_DECRYPTABLE);
            }
        }

        @Test
        void withAContentKeyOfTheWrongLengthAreRefused() {
            String[] parts = TestEnvelope.around(signed)
                    .algorithms("RSA-OAEP", "A256GCM")
                    .parts();
            parts[1] = TestEnvelope.around(signed)
                    .algorithms("RSA-OAEP", "A128GCM")
                    .parts()[1];
            gate.assertRefused(String.join(".", parts), NOT_DECRYPTABLE);
        }
    }

    @Nested
    class Keys {

        private final TestGate two = decrypting(jwks(
                privateJwk(OTHER_RSA, "kid", "\"a\""),
                privateJwk(RSA_3072, "kid", "\"b\"", "alg", "\"RSA-OAEP-256\"")));

        @Test
        void areChosenByTheirId() {
            assertThat(two.accepts(
                            TestEnvelope.around(signed).header("kid", "\"a\"").compact()))
                    .isTrue();
            two.assertRefused(TestEnvelope.around(signed).header("kid", "\"b\"").compact(), NOT_DECRYPTABLE);
            two.assertRefused(TestEnvelope.around(signed).header("kid", "\"c\"").compact(), NOT_DECRYPTABLE);
            two.assertRefused(TestEnvelope.around(signed).header("kid", "\"A\"").compact(), NOT_DECRYPTABLE);
        }

        @Test
        void areKeptToTheAlgorithmThatTheyName() {
            TestEnvelope forSecond =
                    TestEnvelope.around(signed).key(RSA_3072.getPublic()).header("kid", "\"b\"");

            assertThat(two.accepts(
                            forSecond.algorithms("RSA-OAEP-256", "A256GCM").compact()))
                    .isTrue();
            two.assertRefused(forSecond.algorithms("RSA-OAEP", "A256GCM").compact(), NOT_DECRYPTABLE);
        }

        @Test
        void forSigningOpenNothing() {
            assertRefused(TestEnvelope.around(signed).key(RSA.getPublic()), NOT_DECRYPTABLE);
        }
    }

    @Nested
    class Settings {

        @ParameterizedTest
        @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256"})
        void mayNarrowTheAlgorithms(String only) {
            TestGate narrow = decrypting(pem(OTHER_RSA.getPrivate()), only);
            for (String alg : JweSettings.SUPPORTED_KEY_ALGORITHMS) {
                assertThat(narrow.accepts(TestEnvelope.around(signed)
                                .algorithms(alg, "A256GCM")
                                .compact()))
                        .isEqualTo(alg.equals(only));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA1_5", "dir", "A128KW", "none", "rsa-oaep"})
        void cannotWidenThem(String alg) throws Exception {
            DecryptionKeys keys = DecryptionKeys.parse(pem(OTHER_RSA.getPrivate()));
            assertThatIllegalArgumentException().isThrownBy(() -> new JweSettings(keys, Set.of(alg)));
        }

        @Test
        void showNoKey() throws Exception {
            JweSettings settings =
                    new JweSettings(DecryptionKeys.parse(pem(OTHER_RSA.getPrivate())), Set.of("RSA-OAEP"));
            assertThat(settings).hasToString("JweSettings[keys=DecryptionKeys[1], keyAlgorithms=[RSA-OAEP]]");
        }
    }
}
