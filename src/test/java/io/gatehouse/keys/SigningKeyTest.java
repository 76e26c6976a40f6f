package io.gatehouse.keys;

import static io.gatehouse.testing.TestJson.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    private static KeyPair pair(String name) throws ReflectiveOperationException {
        return (KeyPair) TestKeys.class.getField(name).get(null);
    }

    /** The members of a private JWK of any type, as JSON. */
    private static Map<String, String> jwk(KeyPair pair, String... more) {
        if (pair.getPrivate() instanceof ECPrivateKey ec) {
            Map<String, String> members = TestKeys.jwk(pair.getPublic(), more);
            members.put("d", padded(ec.getS(), (ec.getParams().getOrder().bitLength() + 7) / 8));
            return members;
        }
        if (pair.getPrivate() instanceof EdECPrivateKey ed) {
            Map<String, String> members = TestKeys.jwk(pair.getPublic(), more);
            members.put("d", TestKeys.bytes(ed.getBytes().orElseThrow()));
            return members;
        }
        return TestKeys.privateJwk(pair, more);
    }

    private static String padded(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] result = new byte[length];
        int count = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - count, result, length - count, count);
        return TestKeys.bytes(result);
    }

    private static void assertRefused(String text, String... reasons) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> SigningKey.parse(text, null))
                .satisfies(refused -> List.of(reasons)
                        .forEach(reason -> assertThat(refused.reason()).contains(reason)));
    }

    @Nested
    class IsRead {

        @ParameterizedTest
        @CsvSource({
            "RSA,RS256",
            "RSA_3072,RS256",
            "P_256,ES256",
            "P_384,ES384",
            "P_521,ES512",
            "ED25519,EDDSA",
            "ED448,EDDSA"
        })
        void fromPemAndJwkWithTheUsualAlgorithmOfItsType(String name, SignatureAlgorithm algorithm) throws Exception {
            KeyPair pair = pair(name);

            SigningKey fromPem = SigningKey.parse("\n" + TestKeys.pem(pair.getPrivate()), null);
            assertThat(fromPem.privateKey()).isEqualTo(pair.getPrivate());
            assertThat(fromPem.algorithm()).isEqualTo(algorithm);
            assertThat(fromPem.kid()).isNull();

            SigningKey fromJwk = SigningKey.parse(TestJson.object(jwk(pair)), null);
            assertThat(fromJwk.privateKey()).isEqualTo(pair.getPrivate());
            assertThat(fromJwk.algorithm()).isEqualTo(algorithm);
        }

        @ParameterizedTest
        @CsvSource({
            "RSA,RS256",
            "RSA,RS384",
            "RSA,RS512",
            "RSA,PS256",
            "RSA,PS384",
            "RSA,PS512",
            "P_256,ES256",
            "P_384,ES384",
            "P_521,ES512",
            "ED25519,EdDSA",
            "ED25519,Ed25519",
            "ED448,EdDSA",
            "ED448,Ed448"
        })
        void withTheAlgorithmThatItsJwkNames(String name, String alg) throws Exception {
            SigningKey key = SigningKey.parse(TestJson.object(jwk(pair(name), "alg", quote(alg))), null);

            assertThat(key.algorithm().headerName()).isEqualTo(alg);
        }

        @Test
        void withTheKeyIdOfTheConfigurationOrElseOfTheJwk() throws Exception {
            String jwk = TestJson.object(jwk(TestKeys.RSA, "kid", "\"of-the-jwk\""));

            assertThat(SigningKey.parse(jwk, null).kid()).isEqualTo("of-the-jwk");
            assertThat(SigningKey.parse(jwk, "mine").kid()).isEqualTo("mine");
            assertThat(SigningKey.parse(TestKeys.pem(TestKeys.RSA.getPrivate()), "mine")
                            .kid())
                    .isEqualTo("mine");
        }
    }

    @Nested
    class IsRefused {

        @ParameterizedTest
        @CsvSource({
            "RSA,ES256",
            "RSA,EdDSA",
            "P_256,RS256",
            "P_256,ES384",
            "P_384,ES256",
            "P_256,EdDSA",
            "ED25519,RS256",
            "ED25519,ES256",
            "ED25519,Ed448",
            "ED448,Ed25519"
        })
        void withAnAlgorithmThatDoesNotFit(String name, String alg) throws Exception {
            assertRefused(TestJson.object(jwk(pair(name), "alg", quote(alg))), "\"alg\"", "fit");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HS256", "none", "RSA-OAEP", "rs256", "RS1", ""})
        void withAnAlgorithmThatSignsNothingHere(String alg) {
            assertRefused(TestJson.object(jwk(TestKeys.RSA, "alg", quote(alg))), "\"alg\"");
        }

        @Test
        void whenItIsTooWeak() {
            assertRefused(TestKeys.pem(TestKeys.WEAK_RSA.getPrivate()), "2048");
            assertRefused(TestJson.object(jwk(TestKeys.WEAK_RSA)), "2048");
        }

        @Test
        void whenItIsPublic() {
            assertRefused(TestKeys.pem(TestKeys.RSA.getPublic()), "PRIVATE KEY");
            assertRefused(TestJson.object(TestKeys.jwk(TestKeys.RSA.getPublic())));
            assertRefused(TestJson.object(TestKeys.jwk(TestKeys.P_256.getPublic())));
            assertRefused(TestJson.object(TestKeys.jwk(TestKeys.ED25519.getPublic())));
        }

        @Test
        void whenItIsMadeForSomethingElse() {
            assertRefused(TestKeys.pem(TestKeys.X25519.getPrivate()));
            assertRefused(
                    TestKeys.pem("RSA PRIVATE KEY", TestKeys.RSA.getPrivate().getEncoded()), "PKCS#1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "secret",
                    "{}",
                    "[]",
                    "null",
                    "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
                    "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"d\":\"c2VjcmV0\"}",
                    "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"d\":\"c2VjcmV0\"}",
                    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"c2VjcmV0\"}",
                    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":1}",
                    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"!\"}",
                    "{\"kty\":\"RSA\",\"d\":\"c2VjcmV0\"}",
                    "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"
                })
        void whenItIsNoKey(String text) {
            assertThatExceptionOfType(UnusableKeyException.class)
                    .isThrownBy(() -> SigningKey.parse(text, null))
                    .satisfies(refused -> assertThat(refused.reason()).doesNotContain("secret", "c2VjcmV0"));
        }
    }

    @Test
    void isHidden() throws Exception {
        assertThat(SigningKey.parse(TestKeys.pem(TestKeys.RSA.getPrivate()), "kid"))
                .hasToString("SigningKey[hidden]");
    }
}
