package io.gatehouse.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.DecryptionKeys;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.Vectors;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;

/** The vectors of C2SP/wycheproof: a known bug each. */
class WycheproofTest {

    @Nested
    class Jws {

        /**
         * Genuine, and refused by us: the key says PS256 and the header PS384 (346, 350), or the key says "ES521", which
         * is no algorithm (347, 351). One key, one algorithm (RFC 8725 §3.1).
         */
        private static final Set<Integer> KEY_OF_ANOTHER_ALGORITHM = Set.of(346, 347, 350, 351);

        @TestFactory
        Stream<DynamicTest> signatures() {
            return Vectors.wycheproof("json_web_signature")
                    .map(vector -> vector.named(() -> {
                        boolean expected =
                                isValidWithPublicKey(vector) && !KEY_OF_ANOTHER_ALGORITHM.contains(vector.id());
                        assertThat(verifies(vector)).isEqualTo(expected);
                    }));
        }

        /** Left out: 7, an RSA key of a generator with a known weakness (ROCA), which we do not look for. */
        @TestFactory
        Stream<DynamicTest> keys() {
            return Vectors.wycheproof("json_web_key")
                    .filter(Vectors.without(7))
                    .map(vector ->
                            vector.named(() -> assertThat(verifies(vector)).isEqualTo(isValidWithPublicKey(vector))));
        }

        /** Left out: 46, the same key as 7 above. */
        @TestFactory
        Stream<DynamicTest> crypto() {
            return Vectors.wycheproof("json_web_crypto")
                    .filter(vector -> vector.test().containsKey("jws"))
                    .filter(Vectors.without(46))
                    .map(vector ->
                            vector.named(() -> assertThat(verifies(vector)).isEqualTo(isValidWithPublicKey(vector))));
        }

        /** A MAC is never valid here: the groups without a public key are those of symmetric keys. */
        private boolean isValidWithPublicKey(Vectors.Case vector) {
            return vector.result().equals("valid") && vector.group().containsKey("public");
        }

        private boolean verifies(Vectors.Case vector) {
            JsonObject group = vector.group();
            JsonObject keys =
                    group.containsKey("public") ? group.getJsonObject("public") : group.getJsonObject("private");
            return SignatureLayer.verifies(text(vector.test().get("jws")), keys.toString(), KeyPolicy.strict());
        }
    }

    @Nested
    class Signatures {

        /*
         * In the two vectors that each curve leaves out, the point's x lies above the curve's order. Java 17 refuses these
         * genuine signatures; one in 2^129 (P-256) or fewer is such a one, and a refusal is no danger.
         */

        @TestFactory
        Stream<DynamicTest> ecdsaP256() {
            return check("ecdsa_secp256r1_sha256_p1363", SignatureAlgorithm.ES256, 115, 257);
        }

        @TestFactory
        Stream<DynamicTest> ecdsaP384() {
            return check("ecdsa_secp384r1_sha384_p1363", SignatureAlgorithm.ES384, 147, 275);
        }

        @TestFactory
        Stream<DynamicTest> ecdsaP521() {
            return check("ecdsa_secp521r1_sha512_p1363", SignatureAlgorithm.ES512, 184, 313);
        }

        @TestFactory
        Stream<DynamicTest> ed25519() {
            return check("ed25519", SignatureAlgorithm.ED25519);
        }

        @TestFactory
        Stream<DynamicTest> ed448() {
            return check("ed448", SignatureAlgorithm.ED448);
        }

        @TestFactory
        Stream<DynamicTest> rsaPkcs1() {
            return check("rsa_signature_2048_sha256", SignatureAlgorithm.RS256);
        }

        @TestFactory
        Stream<DynamicTest> rsaPss() {
            return check("rsa_pss_2048_sha256_mgf1_32", SignatureAlgorithm.PS256);
        }

        private Stream<DynamicTest> check(String file, SignatureAlgorithm algorithm, int... leftOut) {
            return Vectors.wycheproof(file)
                    .filter(Vectors.without(leftOut))
                    .map(vector -> vector.named(() -> {
                        boolean verified = JwsVerifier.verify(
                                algorithm,
                                key(vector.group().getString("publicKeyPem")),
                                hex(vector.test().getString("msg")),
                                hex(vector.test().getString("sig")));
                        // "acceptable" is RSA with DigestInfo that lacks its NULL: legacy, and either answer is right.
                        if (!vector.result().equals("acceptable")) {
                            assertThat(verified).isEqualTo(vector.result().equals("valid"));
                        }
                    }));
        }

        private PublicKey key(String pem) throws Exception {
            KeyLookup found = VerificationKeys.parse(pem, KeyPolicy.strict()).lookup(null);
            return ((KeyLookup.Found) found).keys().get(0).publicKey();
        }
    }

    @Nested
    class Jwe {

        /** What is encrypted in them is no signed token, so no vector may pass, not even a genuine one. */
        @TestFactory
        Stream<DynamicTest> noneIsAToken() {
            return Stream.of("json_web_encryption", "json_web_crypto")
                    .flatMap(Vectors::wycheproof)
                    .filter(vector -> vector.test().containsKey("jwe"))
                    .map(vector -> vector.named(() -> {
                        String keys = vector.group().getJsonObject("private").toString();
                        String jwe = text(vector.test().get("jwe"));
                        assertThat(decrypter(isRsa(vector) ? keys : OTHER_KEY).decrypt(jwe))
                                .isInstanceOf(Decoded.Refused.class);
                    }));
        }

        /** The genuine ones for RSA-OAEP, opened by our content decryption. */
        @TestFactory
        Stream<DynamicTest> contentIsDecrypted() {
            return Vectors.wycheproof("json_web_encryption")
                    .filter(vector -> isRsa(vector)
                            && vector.result().equals("valid")
                            && alg(vector).startsWith("RSA-OAEP"))
                    .map(vector -> vector.named(() ->
                            assertThat(open(vector)).isEqualTo(hex(vector.test().getString("pt")))));
        }

        private static final String OTHER_KEY =
                io.gatehouse.testing.TestKeys.pem(io.gatehouse.testing.TestKeys.RSA.getPrivate());

        private JweDecrypter decrypter(String keys) throws Exception {
            return new JweDecrypter(
                    new JweSettings(DecryptionKeys.parse(keys), JweSettings.SUPPORTED_KEY_ALGORITHMS),
                    JwtSettings.DEFAULT_TYPES);
        }

        private boolean isRsa(Vectors.Case vector) {
            return vector.group().getJsonObject("private").getString("kty", "").equals("RSA");
        }

        private String alg(Vectors.Case vector) {
            return vector.group().getJsonObject("private").getString("alg", "");
        }

        private byte[] open(Vectors.Case vector) throws Exception {
            String keys = vector.group().getJsonObject("private").toString();
            PrivateKey key = DecryptionKeys.parse(keys).lookup(null, alg(vector));
            String[] parts = vector.test().getString("jwe").split("\\.");
            ContentEncryption encryption =
                    ContentEncryption.named(vector.test().getString("enc")).orElseThrow();
            return encryption.decrypt(
                    unwrap(key, alg(vector), decode(parts[1])),
                    decode(parts[2]),
                    decode(parts[3]),
                    decode(parts[4]),
                    parts[0].getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        private byte[] unwrap(PrivateKey key, String alg, byte[] encryptedKey) throws Exception {
            MGF1ParameterSpec mask = alg.equals("RSA-OAEP") ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256;
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new OAEPParameterSpec(mask.getDigestAlgorithm(), "MGF1", mask, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(encryptedKey);
        }

        private byte[] decode(String part) {
            return Base64Url.decode(part).orElseThrow();
        }
    }

    /** Some vectors are JSON objects, where a text is meant: the JSON serialization. */
    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
