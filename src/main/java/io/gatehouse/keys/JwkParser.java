package io.gatehouse.keys;

import io.gatehouse.json.Base64Url;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a public key from the members of a JSON Web Key (RFC 7517, RFC 7518 §6, RFC 8037 §2). Pure. */
final class JwkParser {

    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

    private final KeyPolicy policy;

    JwkParser(KeyPolicy policy) {
        this.policy = policy;
    }

    /** Makes a key of the members, or throws with the reason why it cannot be used for verifying signatures. */
    VerificationKey parse(Map<String, Object> jwk) throws UnusableKeyException {
        requirePublic(jwk);
        requireMeantForVerifying(jwk);
        PublicKey key = KeySoundness.requireSound(publicKey(jwk), policy);
        Set<SignatureAlgorithm> algorithms = policy.algorithmsFor(key, declaredAlgorithm(jwk));
        if (algorithms.isEmpty()) {
            throw new UnusableKeyException(
                    "its algorithm is not among those configured (gatehouse.algorithms), or does not fit its type");
        }
        return new VerificationKey(optionalText(jwk, "kid"), key, algorithms, policy.provider());
    }

    private static void requirePublic(Map<String, Object> jwk) throws UnusableKeyException {
        for (String member : PRIVATE_MEMBERS) {
            if (jwk.containsKey(member)) {
                throw new UnusableKeyException("it holds a private or symmetric key, where a public key belongs");
            }
        }
    }

    /** RFC 7517 §4.2 and §4.3: a key published for encryption verifies nothing. */
    private static void requireMeantForVerifying(Map<String, Object> jwk) throws UnusableKeyException {
        if (jwk.containsKey("use") && !"sig".equals(jwk.get("use"))) {
            throw new UnusableKeyException("its \"use\" is not \"sig\"");
        }
        Object operations = jwk.get("key_ops");
        if (operations != null && !(operations instanceof List<?> list && list.contains("verify"))) {
            throw new UnusableKeyException("its \"key_ops\" lack \"verify\"");
        }
    }

    static @Nullable SignatureAlgorithm declaredAlgorithm(Map<String, Object> jwk) throws UnusableKeyException {
        String alg = optionalText(jwk, "alg");
        if (alg == null) {
            return null;
        }
        return SignatureAlgorithm.named(alg)
                .orElseThrow(() -> new UnusableKeyException("its \"alg\" is no signature algorithm known here"));
    }

    private static PublicKey publicKey(Map<String, Object> jwk) throws UnusableKeyException {
        try {
            return switch (text(jwk, "kty")) {
                case "RSA" -> rsaKey(jwk);
                case "EC" -> ecKey(jwk);
                case "OKP" -> edwardsKey(jwk);
                default -> throw new UnusableKeyException("its \"kty\" is none of RSA, EC and OKP");
            };
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    private static PublicKey rsaKey(Map<String, Object> jwk) throws UnusableKeyException, GeneralSecurityException {
        BigInteger modulus = unsigned(jwk, "n");
        BigInteger exponent = unsigned(jwk, "e");
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ecKey(Map<String, Object> jwk) throws UnusableKeyException, GeneralSecurityException {
        EllipticCurve curve = EllipticCurve.named(text(jwk, "crv"))
                .orElseThrow(() -> new UnusableKeyException("its \"crv\" is none of P-256, P-384 and P-521"));
        ECPoint point = new ECPoint(
                new BigInteger(1, coordinate(jwk, "x", curve)), new BigInteger(1, coordinate(jwk, "y", curve)));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.parameters()));
    }

    private static byte[] coordinate(Map<String, Object> jwk, String member, EllipticCurve curve)
            throws UnusableKeyException {
        byte[] coordinate = bytes(jwk, member);
        if (coordinate.length != curve.coordinateLength()) {
            throw new UnusableKeyException("its \"" + member + "\" is not as long as its curve asks");
        }
        return coordinate;
    }

    private static PublicKey edwardsKey(Map<String, Object> jwk) throws UnusableKeyException, GeneralSecurityException {
        NamedParameterSpec curve =
                switch (text(jwk, "crv")) {
                    case "Ed25519" -> NamedParameterSpec.ED25519;
                    case "Ed448" -> NamedParameterSpec.ED448;
                    default -> throw new UnusableKeyException("its \"crv\" is neither Ed25519 nor Ed448");
                };
        byte[] encoded = bytes(jwk, "x");
        if (encoded.length != (curve == NamedParameterSpec.ED25519 ? 32 : 57)) {
            throw new UnusableKeyException("its \"x\" is not as long as its curve asks");
        }
        return KeyFactory.getInstance("EdDSA").generatePublic(new EdECPublicKeySpec(curve, edwardsPoint(encoded)));
    }

    /** RFC 8032 §5.1.2: little-endian y, and the lowest bit of x as the highest bit. */
    private static EdECPoint edwardsPoint(byte[] encoded) {
        byte[] bigEndian = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bigEndian[i] = encoded[encoded.length - 1 - i];
        }
        boolean xOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7F;
        return new EdECPoint(xOdd, new BigInteger(1, bigEndian));
    }

    private static BigInteger unsigned(Map<String, Object> jwk, String member) throws UnusableKeyException {
        return new BigInteger(1, bytes(jwk, member));
    }

    static byte[] bytes(Map<String, Object> jwk, String member) throws UnusableKeyException {
        return Base64Url.decode(text(jwk, member))
                .orElseThrow(() -> new UnusableKeyException("its \"" + member + "\" is not base64url"));
    }

    static String text(Map<String, Object> jwk, String member) throws UnusableKeyException {
        String text = optionalText(jwk, member);
        if (text == null || text.isEmpty()) {
            throw new UnusableKeyException("it lacks \"" + member + "\"");
        }
        return text;
    }

    static @Nullable String optionalText(Map<String, Object> jwk, String member) throws UnusableKeyException {
        Object value = jwk.get(member);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new UnusableKeyException("its \"" + member + "\" is no string");
    }
}
