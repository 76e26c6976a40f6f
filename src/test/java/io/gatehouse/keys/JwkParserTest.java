package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.ED25519;
import static io.gatehouse.testing.TestKeys.ED448;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.P_384;
import static io.gatehouse.testing.TestKeys.P_521;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatehouse.json.Base64Url;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkParserTest {

    private static final RSAPublicKey RSA_KEY = (RSAPublicKey) RSA.getPublic();

    private static VerificationKey parse(Map<String, String> jwk) throws UnusableKeyException {
        return parse(jwk, KeyPolicy.strict());
    }

    private static VerificationKey parse(Map<String, String> jwk, KeyPolicy policy) throws UnusableKeyException {
        return new JwkParser(policy).parse(TestJson.parse(TestJson.object(jwk)));
    }

    private static void assertRefused(Map<String, String> jwk, String why) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> parse(jwk))
                .satisfies(unusable -> assertThat(unusable.reason()).contains(why));
    }

    private static Map<String, String> with(Map<String, String> jwk, String member, String json) {
        if (json.equals("absent")) {
            jwk.remove(member);
        } else {
            jwk.put(member, json);
        }
        return jwk;
    }

    @Nested
    class Reads {

        static Stream<Arguments> everyKeyWithItsOneAlgorithm() {
            return Stream.of(
                    arguments(RSA, SignatureAlgorithm.RS256),
                    arguments(TestKeys.RSA_3072, SignatureAlgorithm.RS256),
                    arguments(P_256, SignatureAlgorithm.ES256),
                    arguments(P_384, SignatureAlgorithm.ES384),
                    arguments(P_521, SignatureAlgorithm.ES512),
                    arguments(ED25519, SignatureAlgorithm.EDDSA),
                    arguments(ED448, SignatureAlgorithm.EDDSA));
        }

        @ParameterizedTest
        @MethodSource
        void everyKeyWithItsOneAlgorithm(KeyPair pair, SignatureAlgorithm algorithm) throws Exception {
            VerificationKey key = parse(jwk(pair.getPublic(), "kid", "\"a\""));

            assertThat(key.publicKey()).isEqualTo(pair.getPublic());
            assertThat(key.algorithms()).containsExactly(algorithm);
            assertThat(key.kid()).isEqualTo("a");
        }

        @ParameterizedTest
        @EnumSource
        void theAlgorithmThatTheKeyNames(SignatureAlgorithm algorithm) throws Exception {
            Map<String, String> jwk =
                    jwk(TestKeys.of(algorithm).getPublic(), "alg", TestJson.quote(algorithm.headerName()));

            assertThat(parse(jwk).algorithms()).containsExactly(algorithm);
        }

        @Test
        void everyEncodedEdwardsPoint() throws Exception {
            for (int i = 0; i < 20; i++) { // the sign of x is a bit of its own
                KeyPair pair =
                        java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                assertThat(parse(jwk(pair.getPublic())).publicKey()).isEqualTo(pair.getPublic());
            }
        }

        @ParameterizedTest
        @CsvSource(
                value = {
                    "use;\"sig\"",
                    "key_ops;[\"verify\"]",
                    "key_ops;[\"sign\",\"verify\"]",
                    "x5c;[\"garbage\"]",
                    "ext;true"
                },
                delimiter = ';')
        void whatIsMeantForVerifying(String member, String json) throws Exception {
            assertThat(parse(jwk(RSA_KEY, member, json)).publicKey()).isEqualTo(RSA_KEY);
        }

        @Test
        void aKeyWithoutAnId() throws Exception {
            assertThat(parse(jwk(RSA_KEY)).kid()).isNull();
        }

        @Test
        void aNumberWithALeadingZeroByte() throws Exception {
            String padded = TestKeys.bytes(RSA_KEY.getModulus().toByteArray());
            assertThat(parse(jwk(RSA_KEY, "n", padded)).publicKey()).isEqualTo(RSA_KEY);
        }
    }

    @Nested
    class Purpose {

        @ParameterizedTest
        @ValueSource(strings = {"\"enc\"", "\"SIG\"", "\"\"", "null", "1", "[\"sig\"]"})
        void ofAnotherUseIsRefused(String use) {
            assertRefused(jwk(RSA_KEY, "use", use), "\"use\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[\"encrypt\"]",
                    "[\"sign\"]",
                    "[]",
                    "null",
                    "\"verify\"",
                    "[\"Verify\"]",
                    "[[\"verify\"]]",
                    "{}"
                })
        void withoutTheOperationVerifyIsRefused(String operations) {
            assertRefused(jwk(RSA_KEY, "key_ops", operations), "\"key_ops\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"none", "HS256", "RSA-OAEP", "RSA1_5", "ES521", "ES224", "ES256K", "RS1", "rs256", "", "dir"
                })
        void ofAnUnknownAlgorithmIsRefused(String alg) {
            assertRefused(jwk(RSA_KEY, "alg", TestJson.quote(alg)), "\"alg\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "[\"RS256\"]", "true"})
        void ofAnAlgorithmOfTheWrongTypeIsRefused(String alg) {
            assertRefused(jwk(RSA_KEY, "alg", alg), "\"alg\" is no string");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "[\"a\"]", "{}"})
        void underAnIdOfTheWrongTypeIsRefused(String kid) {
            assertRefused(jwk(RSA_KEY, "kid", kid), "\"kid\" is no string");
        }

        @ParameterizedTest
        @EnumSource
        void ofAnAlgorithmForAnotherTypeOfKeyIsRefused(SignatureAlgorithm algorithm) {
            for (KeyPair pair : Set.of(RSA, P_256, P_384, P_521, ED25519, ED448)) {
                if (!algorithm.fits(pair.getPublic())) {
                    assertRefused(
                            jwk(pair.getPublic(), "alg", TestJson.quote(algorithm.headerName())),
                            "does not fit its type");
                }
            }
        }
    }

    @Nested
    class SecretsWhereAPublicKeyBelongs {

        @ParameterizedTest
        @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})
        void areRefused(String member) {
            assertRefused(jwk(RSA_KEY, member, "\"AQAB\""), "private or symmetric");
            assertRefused(jwk(P_256.getPublic(), member, "null"), "private or symmetric");
        }

        @Test
        void areRefusedAsWholeKeys() {
            assertRefused(TestKeys.privateJwk(RSA), "private or symmetric");
            assertRefused(Map.of("kty", "\"oct\"", "k", "\"c2VjcmV0\""), "private or symmetric");
        }
    }

    @Nested
    class KeyType {

        @ParameterizedTest
        @CsvSource(
                value = {
                    "absent;it lacks \"kty\"",
                    "\"\";it lacks \"kty\"",
                    "null;no string",
                    "1;no string",
                    "\"oct\";none of RSA, EC",
                    "\"rsa\";none of RSA, EC",
                    "\"AKP\";none of RSA, EC",
                    "\"EC\";it lacks \"crv\"",
                    "\"OKP\";it lacks \"crv\""
                },
                delimiter = ';',
                quoteCharacter = '\'')
        void thatIsNotThatOfTheMembersIsRefused(String kty, String why) {
            assertRefused(with(jwk(RSA_KEY), "kty", kty), why);
        }
    }

    @Nested
    class Rsa {

        @ParameterizedTest
        @ValueSource(strings = {"n", "e"})
        void withoutANumberIsRefused(String member) {
            assertRefused(with(jwk(RSA_KEY), member, "absent"), "it lacks \"" + member + "\"");
            assertRefused(with(jwk(RSA_KEY), member, "\"\""), "it lacks \"" + member + "\"");
            assertRefused(with(jwk(RSA_KEY), member, "65537"), "no string");
        }

        @ParameterizedTest
        @ValueSource(strings = {"AQAB=", "AQAB==", "AQABA", "AB", "AQ+B", "AQ/B", " AQAB", "AQ\\nAB", "!"})
        void withANumberThatIsNotBase64urlIsRefused(String e) {
            assertRefused(with(jwk(RSA_KEY), "e", "\"" + e + "\""), "is not base64url");
        }

        static Stream<Arguments> exponents() {
            BigInteger two = BigInteger.TWO;
            return Stream.of(
                    arguments(BigInteger.ZERO, false),
                    arguments(BigInteger.ONE, false),
                    arguments(two, false),
                    arguments(BigInteger.valueOf(3), true),
                    arguments(BigInteger.valueOf(4), false),
                    arguments(BigInteger.valueOf(17), true),
                    arguments(BigInteger.valueOf(65536), false),
                    arguments(BigInteger.valueOf(65537), true),
                    arguments(two.pow(64).subtract(BigInteger.ONE), true),
                    arguments(two.pow(64).add(BigInteger.ONE), false),
                    arguments(RSA_KEY.getModulus().subtract(two), false));
        }

        @ParameterizedTest
        @MethodSource
        void exponents(BigInteger exponent, boolean sound) throws Exception {
            Map<String, String> jwk = with(jwk(RSA_KEY), "e", TestKeys.number(exponent));
            if (sound) {
                assertThat(((RSAPublicKey) parse(jwk).publicKey()).getPublicExponent())
                        .isEqualTo(exponent);
            } else {
                assertThatExceptionOfType(UnusableKeyException.class).isThrownBy(() -> parse(jwk));
            }
        }

        @ParameterizedTest
        @CsvSource({"0", "1", "255", "512", "1024", "2047", "16385", "32768"})
        void withAModulusOutOfBoundsIsRefused(int bits) {
            BigInteger modulus =
                    bits == 0 ? BigInteger.ZERO : BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
            assertThatExceptionOfType(UnusableKeyException.class)
                    .isThrownBy(() -> parse(with(jwk(RSA_KEY), "n", TestKeys.number(modulus))));
        }

        @ParameterizedTest
        @CsvSource({"2048", "16384"})
        void withAModulusWithinItsBoundsIsTaken(int bits) throws UnusableKeyException {
            BigInteger modulus = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
            assertThat(((RSAPublicKey) parse(with(jwk(RSA_KEY), "n", TestKeys.number(modulus)))
                                    .publicKey())
                            .getModulus())
                    .isEqualTo(modulus);
        }

        @Test
        void withAnEvenModulusIsRefused() {
            assertRefused(
                    with(
                            jwk(RSA_KEY),
                            "n",
                            TestKeys.number(BigInteger.TWO.pow(2048).subtract(BigInteger.TWO))),
                    "not sound");
        }

        @Test
        void of1024BitsIsTakenOnlyWhereThatIsExpresslyAllowed() throws Exception {
            Map<String, String> weak = jwk(TestKeys.WEAK_RSA.getPublic());

            assertRefused(weak, "1024 bits");
            assertThat(parse(weak, new KeyPolicy(Set.of(), KeyPolicy.WEAK_RSA_BITS))
                            .publicKey())
                    .isEqualTo(TestKeys.WEAK_RSA.getPublic());
        }
    }

    @Nested
    class EllipticCurves {

        private final ECPublicKey key = (ECPublicKey) P_256.getPublic();

        @ParameterizedTest
        @ValueSource(strings = {"\"P-384\"", "\"P-521\""})
        void ofAnotherLengthAreRefused(String crv) {
            assertRefused(with(jwk(key), "crv", crv), "not as long as its curve asks");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"P-192\"",
                    "\"P-224\"",
                    "\"secp256k1\"",
                    "\"p-256\"",
                    "\"brainpoolP256r1\"",
                    "\"Ed25519\"",
                    "\"P_256\""
                })
        void thatAreNotKnownAreRefused(String crv) {
            assertRefused(with(jwk(key), "crv", crv), "\"crv\" is none of");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "y"})
        void withACoordinateOfTheWrongLengthAreRefused(String member) {
            byte[] coordinate =
                    Base64Url.decode(jwk(key).get(member).replace("\"", "")).orElseThrow();
            byte[] longer = new byte[33];
            System.arraycopy(coordinate, 0, longer, 1, 32);

            assertRefused(with(jwk(key), member, TestKeys.bytes(longer)), "not as long");
            assertRefused(
                    with(jwk(key), member, TestKeys.bytes(java.util.Arrays.copyOf(coordinate, 31))), "not as long");
            assertRefused(with(jwk(key), member, "absent"), "it lacks");
        }

        @Test
        void withAPointThatIsNotOnThemAreRefused() {
            ECPublicKey other = (ECPublicKey) TestKeys.OTHER_P_256.getPublic();
            String zero = TestKeys.bytes(new byte[32]);
            byte[] ones = new byte[32];
            java.util.Arrays.fill(ones, (byte) 0xff);

            assertRefused(with(jwk(key), "y", jwk(other).get("y")), "not on it");
            assertRefused(with(with(jwk(key), "x", zero), "y", zero), "not on it");
            assertRefused(with(jwk(key), "x", TestKeys.bytes(ones)), "not on it");
            assertRefused(with(jwk(key), "y", TestKeys.bytes(ones)), "not on it");
        }
    }

    @Nested
    class EdwardsCurves {

        @ParameterizedTest
        @ValueSource(strings = {"\"X25519\"", "\"X448\"", "\"ed25519\"", "\"P-256\""})
        void thatAreNotForSigningAreRefused(String crv) {
            assertRefused(with(jwk(ED25519.getPublic()), "crv", crv), "neither Ed25519 nor Ed448");
        }

        @Test
        void ofTheWrongLengthAreRefused() {
            assertRefused(with(jwk(ED25519.getPublic()), "crv", "\"Ed448\""), "not as long");
            assertRefused(with(jwk(ED448.getPublic()), "crv", "\"Ed25519\""), "not as long");
            assertRefused(with(jwk(ED25519.getPublic()), "x", TestKeys.bytes(new byte[31])), "not as long");
            assertRefused(with(jwk(ED25519.getPublic()), "x", "absent"), "it lacks \"x\"");
        }
    }

    @Test
    void aReasonRepeatsNothingOfTheKey() {
        Map<String, String> jwk = jwk(RSA_KEY, "kty", "\"verysecret\"", "alg", "\"alsosecret\"", "kid", "\"k\"");
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> parse(jwk))
                .withMessageNotContaining("secret");
    }
}
