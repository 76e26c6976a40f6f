package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.P_256;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static io.gatehouse.testing.TestKeys.pem;
import static io.gatehouse.testing.TestKeys.privateJwk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptionKeysTest {

    private static final String ALG = "RSA-OAEP";

    private static void assertRefused(String text, String why) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> DecryptionKeys.parse(text))
                .withMessageContaining(why);
    }

    @Nested
    class Reads {

        static Stream<String> everyFormOfOneKey() {
            String jwk = TestJson.object(privateJwk(RSA));
            byte[] der = RSA.getPrivate().getEncoded();
            return Stream.of(
                    pem(RSA.getPrivate()),
                    "\n" + pem(RSA.getPrivate()).replace("\n", "\r\n"),
                    jwk,
                    jwks(privateJwk(RSA)),
                    Base64.getUrlEncoder().encodeToString(jwk.getBytes(UTF_8)),
                    Base64.getMimeEncoder().encodeToString(jwk.getBytes(UTF_8)),
                    Base64.getEncoder().encodeToString(der));
        }

        @ParameterizedTest
        @MethodSource
        void everyFormOfOneKey(String text) throws Exception {
            assertThat(DecryptionKeys.parse(text).lookup(null, ALG)).isEqualTo(RSA.getPrivate());
        }

        @Test
        void thePrivateRsaKeysOfASet() throws Exception {
            DecryptionKeys keys = DecryptionKeys.parse(jwks(
                    jwk(OTHER_RSA.getPublic(), "kid", "\"public\""),
                    jwk(P_256.getPublic(), "kid", "\"ec\"", "d", "\"AAAA\""),
                    privateJwk(RSA, "kid", "\"private\"")));

            assertThat(keys.lookup("private", ALG)).isEqualTo(RSA.getPrivate());
            assertThat(keys.lookup(null, ALG)).isEqualTo(RSA.getPrivate());
            assertThat(keys.lookup("public", ALG)).isNull();
            assertThat(keys.lookup("ec", ALG)).isNull();
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(
                strings = {"", " ", "hello", "%%%", "[]", "{}", "{\"keys\":[]}", "{\"keys\":[{}]}", "{\"kty\":\"EC\"}"})
        void whatIsNoKey(String text) {
            assertThatExceptionOfType(UnusableKeyException.class).isThrownBy(() -> DecryptionKeys.parse(text));
        }

        @Test
        void publicKeys() {
            assertRefused(pem(RSA.getPublic()), "not PRIVATE KEY");
            assertRefused(TestJson.object(jwk(RSA.getPublic())), "it lacks \"d\"");
            assertRefused(jwks(jwk(RSA.getPublic())), "no RSA private key");
            assertRefused(
                    Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded()), "no RSA private key in PKCS#8");
        }

        @Test
        void keysOfOtherTypes() {
            assertRefused(pem(P_256.getPrivate()), "no RSA private key");
            assertRefused("{\"kty\":\"oct\",\"k\":\"AAAA\"}", "\"kty\" is not RSA");
        }

        @Test
        void weakKeys() {
            assertRefused(pem(TestKeys.WEAK_RSA.getPrivate()), "shorter than 2048 bits");
            assertRefused(TestJson.object(privateJwk(TestKeys.WEAK_RSA)), "shorter than 2048 bits");
            assertRefused(jwks(privateJwk(TestKeys.WEAK_RSA)), "shorter than 2048 bits");
        }

        @ParameterizedTest
        @ValueSource(strings = {"n", "e", "p", "q", "dp", "dq", "qi"})
        void anIncompleteKey(String member) {
            Map<String, String> jwk = privateJwk(RSA);
            jwk.remove(member);
            assertRefused(TestJson.object(jwk), "it lacks \"" + member + "\"");
        }
    }

    @Nested
    class Lookup {

        private DecryptionKeys keys(Object... jwks) throws UnusableKeyException {
            return DecryptionKeys.parse(Stream.of(jwks)
                    .map(jwk -> TestJson.object(castToJwk(jwk)))
                    .collect(java.util.stream.Collectors.joining(",", "{\"keys\":[", "]}")));
        }

        @SuppressWarnings("unchecked")
        private Map<String, String> castToJwk(Object jwk) {
            return (Map<String, String>) jwk;
        }

        @Test
        void isByExactId() throws Exception {
            DecryptionKeys keys = keys(privateJwk(RSA, "kid", "\"a\""), privateJwk(OTHER_RSA, "kid", "\"b\""));

            assertThat(keys.lookup("a", ALG)).isEqualTo(RSA.getPrivate());
            assertThat(keys.lookup("b", ALG)).isEqualTo(OTHER_RSA.getPrivate());
            assertThat(keys.lookup("A", ALG)).isNull();
            assertThat(keys.lookup("c", ALG)).isNull();
        }

        @Test
        void withoutIdFindsTheOnlyKeyButDoesNotGuess() throws Exception {
            assertThat(keys(privateJwk(RSA, "kid", "\"a\"")).lookup(null, ALG)).isEqualTo(RSA.getPrivate());
            assertThat(keys(privateJwk(RSA), privateJwk(OTHER_RSA)).lookup(null, ALG))
                    .isNull();
        }

        @Test
        void fallsBackToAKeyWithoutId() throws Exception {
            DecryptionKeys keys = keys(privateJwk(RSA), privateJwk(OTHER_RSA, "kid", "\"b\""));

            assertThat(keys.lookup("unknown", ALG)).isEqualTo(RSA.getPrivate());
            assertThat(keys.lookup("b", ALG)).isEqualTo(OTHER_RSA.getPrivate());
        }

        @Test
        void keepsAKeyToTheAlgorithmThatItNames() throws Exception {
            DecryptionKeys keys = keys(privateJwk(RSA, "alg", "\"RSA-OAEP-256\""));

            assertThat(keys.lookup(null, "RSA-OAEP-256")).isEqualTo(RSA.getPrivate());
            assertThat(keys.lookup(null, ALG)).isNull();
            assertThat(keys.lookup("x", ALG)).isNull();
        }
    }

    @Test
    void showNothingOfThemselves() throws Exception {
        DecryptionKeys keys = DecryptionKeys.parse(TestJson.object(privateJwk(RSA, "kid", "\"a\"")));

        assertThat(keys).hasToString("DecryptionKeys[1]");
        assertThat(new DecryptionKey("a", null, RSA.getPrivate())).hasToString("DecryptionKey[hidden]");
    }
}
