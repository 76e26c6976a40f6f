package io.gatehouse.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys, made once per JVM, and their texts. */
public final class TestKeys {

    public static final KeyPair RSA = rsa(2048);
    public static final KeyPair OTHER_RSA = rsa(2048);
    public static final KeyPair RSA_3072 = rsa(3072);
    public static final KeyPair WEAK_RSA = rsa(1024);
    public static final KeyPair RSA_PSS =
            generate("RSASSA-PSS", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    public static final KeyPair P_256 = generate("EC", new ECGenParameterSpec("secp256r1"));
    public static final KeyPair OTHER_P_256 = generate("EC", new ECGenParameterSpec("secp256r1"));
    public static final KeyPair P_384 = generate("EC", new ECGenParameterSpec("secp384r1"));
    public static final KeyPair P_521 = generate("EC", new ECGenParameterSpec("secp521r1"));
    public static final KeyPair ED25519 = generate("EdDSA", NamedParameterSpec.ED25519);
    public static final KeyPair ED448 = generate("EdDSA", NamedParameterSpec.ED448);
    public static final KeyPair X25519 = generate("XDH", NamedParameterSpec.X25519);

    private TestKeys() {}

    /** A key that fits the algorithm. */
    public static KeyPair of(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> RSA;
            case ES256 -> P_256;
            case ES384 -> P_384;
            case ES512 -> P_521;
            case EDDSA, ED25519 -> ED25519;
            case ED448 -> ED448;
        };
    }

    /** The members of a public JWK, as JSON; further ones as name, JSON value, name, … */
    public static Map<String, String> jwk(PublicKey key, String... more) {
        Map<String, String> members = new LinkedHashMap<>();
        if (key instanceof RSAPublicKey rsa) {
            members.put("kty", "\"RSA\"");
            members.put("n", number(rsa.getModulus()));
            members.put("e", number(rsa.getPublicExponent()));
        } else if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            members.put("kty", "\"EC\"");
            members.put("crv", TestJson.quote("P-" + bits));
            members.put("x", coordinate(ec.getW().getAffineX(), bits));
            members.put("y", coordinate(ec.getW().getAffineY(), bits));
        } else if (key instanceof EdECPublicKey ed) {
            boolean ed25519 = ed.getParams().getName().equals("Ed25519");
            byte[] encoded = key.getEncoded();
            members.put("kty", "\"OKP\"");
            members.put("crv", TestJson.quote(ed.getParams().getName()));
            members.put("x", bytes(Arrays.copyOfRange(encoded, encoded.length - (ed25519 ? 32 : 57), encoded.length)));
        }
        for (int i = 0; i < more.length; i += 2) {
            members.put(more[i], more[i + 1]);
        }
        return members;
    }

    /** The members of a private RSA JWK, as JSON. */
    public static Map<String, String> privateJwk(KeyPair pair, String... more) {
        Map<String, String> members = jwk(pair.getPublic(), more);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        members.put("d", number(key.getPrivateExponent()));
        members.put("p", number(key.getPrimeP()));
        members.put("q", number(key.getPrimeQ()));
        members.put("dp", number(key.getPrimeExponentP()));
        members.put("dq", number(key.getPrimeExponentQ()));
        members.put("qi", number(key.getCrtCoefficient()));
        return members;
    }

    /** A JWK Set of these JWKs. */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static String jwks(Map<String, String>... jwks) {
        return Stream.of(jwks).map(TestJson::object).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** PEM of a public key or a PKCS#8 private key. */
    public static String pem(Key key) {
        return pem(key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY", key.getEncoded());
    }

    /** PEM with any label. */
    public static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** A JSON string with the base64url of an unsigned number. */
    public static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes(bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /** A JSON string with the base64url of the bytes. */
    public static String bytes(byte[] bytes) {
        return TestJson.quote(Base64Url.encode(bytes));
    }

    private static String coordinate(BigInteger coordinate, int fieldBits) {
        byte[] number = coordinate.toByteArray();
        byte[] padded = new byte[(fieldBits + 7) / 8];
        int length = Math.min(number.length, padded.length);
        System.arraycopy(number, number.length - length, padded, padded.length - length, length);
        return bytes(padded);
    }

    public static KeyPair rsa(int bits) {
        return generate("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    private static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
