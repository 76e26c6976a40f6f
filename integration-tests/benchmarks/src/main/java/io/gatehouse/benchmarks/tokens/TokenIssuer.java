package io.gatehouse.benchmarks.tokens;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** An issuer with one key: signs claims, and says what its JWK is. Thread-safe. */
public final class TokenIssuer {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String issuer;
    private final Algorithm algorithm;
    private final String keyId;
    private final KeyPair keys;

    /** An issuer with a new key. */
    public TokenIssuer(String issuer, Algorithm algorithm, String keyId) {
        this(issuer, algorithm, keyId, algorithm.newKeyPair());
    }

    private TokenIssuer(String issuer, Algorithm algorithm, String keyId, KeyPair keys) {
        this.issuer = issuer;
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.keys = keys;
    }

    /** The same key under the name of another issuer: a thousand key pairs take too long to make. */
    public TokenIssuer calledAlso(String otherIssuer) {
        return new TokenIssuer(otherIssuer, algorithm, keyId, keys);
    }

    /** The same key under another {@code kid}, for sets of many keys. */
    public TokenIssuer withKeyId(String otherKeyId) {
        return new TokenIssuer(issuer, algorithm, otherKeyId, keys);
    }

    /** Its {@code iss}. */
    public String name() {
        return issuer;
    }

    /** What it signs with. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** The {@code kid} of its key. */
    public String keyId() {
        return keyId;
    }

    /** Its key. */
    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /** A token of these claims. */
    public String sign(String claims) {
        return sign(header(algorithm.header(), keyId), claims);
    }

    /** A token with a header of the caller's choice, signed with this issuer's key all the same. */
    public String sign(String header, String claims) {
        String input = encode(header) + "." + encode(claims);
        try {
            Signature signature = algorithm.newSignature();
            signature.initSign(keys.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String header(String algorithm, String keyId) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
    }

    static String encode(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The public key as a JWK (RFC 7517). */
    public String jwk() {
        return "{\"kid\":\"" + keyId + "\",\"use\":\"sig\",\"alg\":\"" + algorithm.header() + "\"," + parameters()
                + "}";
    }

    private String parameters() {
        PublicKey key = keys.getPublic();
        if (key instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"n\":\"" + unsigned(rsa.getModulus(), 256) + "\",\"e\":\""
                    + unsigned(rsa.getPublicExponent(), 3) + "\"";
        }
        if (key instanceof ECPublicKey ec) {
            return "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                    + unsigned(ec.getW().getAffineX(), 32) + "\",\"y\":\""
                    + unsigned(ec.getW().getAffineY(), 32) + "\"";
        }
        return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + compressed((EdECPublicKey) key) + "\"";
    }

    private static String unsigned(BigInteger value, int length) {
        return BASE64URL.encodeToString(bigEndian(value, length));
    }

    private static byte[] bigEndian(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] result = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, result, length - copied, copied);
        return result;
    }

    /** RFC 8032 §5.1.2: little-endian, the sign of x in the highest bit. */
    private static String compressed(EdECPublicKey key) {
        byte[] bytes = bigEndian(key.getPoint().getY(), 32);
        for (int i = 0; i < 16; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[31 - i];
            bytes[31 - i] = swapped;
        }
        if (key.getPoint().isXOdd()) {
            bytes[31] |= (byte) 0x80;
        }
        return BASE64URL.encodeToString(Arrays.copyOf(bytes, 32));
    }
}
