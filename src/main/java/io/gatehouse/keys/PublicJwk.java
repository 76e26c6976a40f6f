package io.gatehouse.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonWriter;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes public keys as JSON Web Keys (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2). It never sees a private key: what is
 * published is put together from a {@link PublicKey}, and not what is left of something else. Pure.
 */
final class PublicJwk {

    private PublicJwk() {}

    /** The key as it is published. */
    static Map<String, Object> of(PublicKey key, String kid, SignatureAlgorithm algorithm) {
        Map<String, Object> jwk = new LinkedHashMap<>(members(key));
        jwk.put("kid", kid);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm.headerName());
        return Collections.unmodifiableMap(jwk);
    }

    /** The id that anybody finds for this key (RFC 7638 §3): SHA-256 of its required members in their one order. */
    static String thumbprint(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(JsonWriter.write(members(key)).getBytes(UTF_8));
            return Base64Url.encode(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", missing);
        }
    }

    /** What makes the key, and no more, in the order of RFC 7638 §3.3. */
    private static SortedMap<String, Object> members(PublicKey key) {
        SortedMap<String, Object> members = new TreeMap<>();
        if (key instanceof RSAPublicKey rsa) {
            members.put("kty", "RSA");
            members.put("n", Base64Url.encode(unsigned(rsa.getModulus())));
            members.put("e", Base64Url.encode(unsigned(rsa.getPublicExponent())));
        } else if (key instanceof ECPublicKey ec) {
            EllipticCurve curve = EllipticCurve.of(ec).orElseThrow(() -> new IllegalArgumentException("unknown curve"));
            members.put("kty", "EC");
            members.put("crv", curve.jwkName());
            members.put("x", Base64Url.encode(fixed(ec.getW().getAffineX(), curve.coordinateLength())));
            members.put("y", Base64Url.encode(fixed(ec.getW().getAffineY(), curve.coordinateLength())));
        } else if (key instanceof EdECPublicKey edwards) {
            members.put("kty", "OKP");
            members.put("crv", edwards.getParams().getName());
            members.put("x", Base64Url.encode(encoded(edwards)));
        } else {
            throw new IllegalArgumentException("no JWK for a key of " + key.getAlgorithm());
        }
        return members;
    }

    private static byte[] unsigned(BigInteger number) {
        return fixed(number, (number.bitLength() + 7) / 8);
    }

    /** Big-endian, with zeros before it (RFC 7518 §6.2.1.2). */
    private static byte[] fixed(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[length];
        int significant = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - significant, fixed, length - significant, significant);
        return fixed;
    }

    /** RFC 8032 §5.1.2: little-endian y, and the lowest bit of x as the highest bit. */
    private static byte[] encoded(EdECPublicKey key) {
        int length = EdwardsCurve.of(key) == EdwardsCurve.ED25519 ? 32 : 57;
        byte[] bigEndian = fixed(key.getPoint().getY(), length);
        byte[] encoded = new byte[length];
        for (int i = 0; i < length; i++) {
            encoded[i] = bigEndian[length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            encoded[length - 1] |= (byte) 0x80;
        }
        return encoded;
    }
}
