package io.gatehouse.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** A key pair of an issuer, for one algorithm of RFC 7518 or RFC 8037. */
record TestKey(String id, String algorithm, KeyPair pair) {

    private static final Map<String, String> CURVES = Map.of("ES256", "256", "ES384", "384", "ES512", "521");

    static TestKey generate(String id, String algorithm) {
        try {
            return new TestKey(id, algorithm, generator(algorithm).generateKeyPair());
        } catch (GeneralSecurityException unknown) {
            throw new IllegalArgumentException(algorithm, unknown);
        }
    }

    byte[] sign(byte[] input) {
        try {
            Signature signature = signature();
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException(algorithm, refused);
        }
    }

    /** The private half in PKCS#8 PEM, as key files are. */
    String pem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** The public half as a JWK. */
    JsonObject publicJwk() {
        return Json.createObjectBuilder(members(pair.getPublic()))
                .add("kid", id)
                .add("use", "sig")
                .add("alg", algorithm)
                .build();
    }

    private static KeyPairGenerator generator(String algorithm) throws GeneralSecurityException {
        if (CURVES.containsKey(algorithm)) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + CURVES.get(algorithm) + "r1"));
            return generator;
        }
        if (algorithm.startsWith("Ed")) {
            return KeyPairGenerator.getInstance(algorithm.equals("EdDSA") ? "Ed25519" : algorithm);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator;
    }

    private Signature signature() throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "PS" -> probabilistic(Integer.parseInt(bits));
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            default -> Signature.getInstance("EdDSA");
        };
    }

    private static Signature probabilistic(int bits) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        String hash = "SHA-" + bits;
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
        return signature;
    }

    private static Map<String, Object> members(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return Map.of("kty", "RSA", "n", unsigned(rsa.getModulus()), "e", unsigned(rsa.getPublicExponent()));
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return Map.of(
                    "kty",
                    "EC",
                    "crv",
                    "P-" + bits,
                    "x",
                    fixed(ec.getW().getAffineX(), bits),
                    "y",
                    fixed(ec.getW().getAffineY(), bits));
        }
        // RFC 8410 §4: the encoded key ends with the raw one.
        byte[] encoded = key.getEncoded();
        boolean small = encoded.length < 50;
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - (small ? 32 : 57), encoded.length);
        return Map.of("kty", "OKP", "crv", small ? "Ed25519" : "Ed448", "x", base64url(raw));
    }

    private static String unsigned(BigInteger number) {
        return fixed(number, number.bitLength());
    }

    /** In as many bytes as the field has (RFC 7518 §6.2.1.2), without the sign byte of Java. */
    private static String fixed(BigInteger number, int bits) {
        byte[] bytes = number.toByteArray();
        byte[] target = new byte[(bits + 7) / 8];
        int length = Math.min(bytes.length, target.length);
        System.arraycopy(bytes, bytes.length - length, target, target.length - length, length);
        return base64url(target);
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
