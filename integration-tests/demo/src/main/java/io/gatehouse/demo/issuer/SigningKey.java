package io.gatehouse.demo.issuer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** An RSA key that lives as long as the process. Immutable and thread-safe. */
final class SigningKey {

    private static final int BITS = 2048;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey privateKey;
    private final JsonObject publicMembers;
    private final String id;

    private SigningKey(PrivateKey privateKey, JsonObject publicMembers, String id) {
        this.privateKey = privateKey;
        this.publicMembers = publicMembers;
        this.id = id;
    }

    static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            JsonObject members = publicMembers((RSAPublicKey) pair.getPublic());
            return new SigningKey(pair.getPrivate(), members, thumbprint(members));
        } catch (GeneralSecurityException noRsa) {
            throw new IllegalStateException("every Java platform has RSA and SHA-256", noRsa);
        }
    }

    /** The public half as a JWK (RFC 7517). */
    JsonObject publicJwk() {
        return Json.createObjectBuilder(publicMembers)
                .add("kid", id)
                .add("use", "sig")
                .add("alg", "RS256")
                .build();
    }

    /** The claims as a signed JWT access token (RFC 9068) in compact form. */
    String sign(JsonObject claims) {
        JsonObject header = Json.createObjectBuilder()
                .add("alg", "RS256")
                .add("typ", "at+jwt")
                .add("kid", id)
                .build();
        String signingInput = base64url(header.toString()) + '.' + base64url(claims.toString());
        return signingInput + '.' + BASE64URL.encodeToString(signature(signingInput));
    }

    private byte[] signature(String signingInput) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("a key made for RSA signs with RSA", refused);
        }
    }

    /** In the order of RFC 7638 §3.2, which makes the text of these members the input of the thumbprint. */
    private static JsonObject publicMembers(RSAPublicKey key) {
        return Json.createObjectBuilder()
                .add("e", unsigned(key.getPublicExponent()))
                .add("kty", "RSA")
                .add("n", unsigned(key.getModulus()))
                .build();
    }

    private static String thumbprint(JsonObject publicMembers) throws GeneralSecurityException {
        byte[] input = publicMembers.toString().getBytes(StandardCharsets.UTF_8);
        return BASE64URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(input));
    }

    /** Without the sign byte that {@link BigInteger#toByteArray()} may put in front (RFC 7518 §2). */
    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int start = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
        return BASE64URL.encodeToString(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    private static String base64url(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
