package io.gatehouse.jwt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.DecryptionKeys;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.Vectors;
import io.gatehouse.token.InvalidTokenReason;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7520, RFC 8037 and RFC 7797 (ietf-jose/cookbook). */
class CookbookTest {

    @Nested
    class Signed {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jws/4_1.rsa_v15_signature",
                    "jws/4_2.rsa-pss_signature",
                    "jws/4_3.ecdsa_signature",
                    "curve25519/jws"
                })
        void isVerified(String file) {
            JsonObject example = Vectors.read("jose-cookbook/" + file + ".json");
            JsonObject input = example.getJsonObject("input");
            String jws = example.getJsonObject("output").getString("compact");
            KeyPolicy policy = new KeyPolicy(
                    Set.of(SignatureAlgorithm.named(input.getString("alg")).orElseThrow()), KeyPolicy.STRONG_RSA_BITS);

            assertThat(SignatureLayer.verifies(jws, publicJwk(input.getJsonObject("key")), policy))
                    .isTrue();
            assertThat(payload(jws)).isEqualTo(input.getString("payload"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"jws/4_4.hmac-sha2_integrity_protection", "rfc7797/hmac-sha2_b64_false"})
        void byAMacIsRefused(String file) {
            JsonObject example = Vectors.read("jose-cookbook/" + file + ".json");
            String jws = example.getJsonObject("output").getString("compact");
            String key = example.getJsonObject("input").getJsonObject("key").toString();

            assertThat(SignatureLayer.verifies(jws, key, KeyPolicy.strict())).isFalse();
            TestGate.rsa()
                    .validate(jws)
                    .match(
                            valid -> {
                                throw new AssertionError("accepted");
                            },
                            invalid -> invalid,
                            unavailable -> {
                                throw new AssertionError("no verdict");
                            });
        }

        private String payload(String jws) {
            return new String(Base64Url.decode(jws.split("\\.")[1]).orElseThrow(), UTF_8);
        }

        /** The examples print the private key, and a private key is refused where a public one belongs. */
        private String publicJwk(JsonObject privateJwk) {
            JsonObjectBuilder jwk = Json.createObjectBuilder(privateJwk);
            Set.of("d", "p", "q", "dp", "dq", "qi").forEach(jwk::remove);
            return jwk.build().toString();
        }
    }

    @Nested
    class Encrypted {

        private final JsonObject example =
                Vectors.read("jose-cookbook/jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm.json");
        private final String jwe = example.getJsonObject("output").getString("compact");

        @Test
        void contentIsDecrypted() throws Exception {
            String[] parts = jwe.split("\\.");
            byte[] plain = ContentEncryption.named("A256GCM")
                    .orElseThrow()
                    .decrypt(
                            Base64Url.decode(example.getJsonObject("generated").getString("cek"))
                                    .orElseThrow(),
                            Base64Url.decode(parts[2]).orElseThrow(),
                            Base64Url.decode(parts[3]).orElseThrow(),
                            Base64Url.decode(parts[4]).orElseThrow(),
                            parts[0].getBytes(US_ASCII));

            assertThat(new String(plain, UTF_8))
                    .isEqualTo(example.getJsonObject("input").getString("plaintext"));
        }

        @Test
        void thatHoldsNoSignedTokenIsRefused() throws Exception {
            String key = example.getJsonObject("input").getJsonObject("key").toString();
            JweDecrypter decrypter = new JweDecrypter(
                    new JweSettings(DecryptionKeys.parse(key), JweSettings.SUPPORTED_KEY_ALGORITHMS),
                    JwtSettings.DEFAULT_TYPES);

            assertThat(decrypter.decrypt(jwe)).isEqualTo(Decoded.refused(InvalidTokenReason.TYPE_NOT_ACCEPTED));
        }
    }
}
