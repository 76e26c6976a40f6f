package io.gatehouse.keys;

import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A private key of ours, with which we sign assertions, and the one algorithm that it is used with. Immutable;
 * {@link #toString()} hides the key.
 *
 * @param kid the key id for the header, or null for none
 */
public record SigningKey(@Nullable String kid, PrivateKey privateKey, SignatureAlgorithm algorithm) {

    /**
     * Reads a key from PEM (PKCS#8, PKCS#1, SEC 1) or a JWK (RSA, EC, OKP). The algorithm is that of the JWK, or the usual one of its
     * type: RS256, ES256/384/512 by curve, EdDSA.
     *
     * @throws UnusableKeyException if the text holds no usable private key
     */
    public static SigningKey parse(String text, @Nullable String kid) throws UnusableKeyException {
        String trimmed = text.strip();
        if (PemParser.looksLikePem(trimmed)) {
            return of(kid, PemParser.privateKey(trimmed), null);
        }
        if (!(JsonParser.parseObject(trimmed.getBytes(StandardCharsets.UTF_8)) instanceof JsonParseResult.Parsed jwk)) {
            throw new UnusableKeyException("it is no PEM and no JWK");
        }
        return ofJwk(jwk.members(), kid);
    }

    private static SigningKey ofJwk(Map<String, Object> jwk, @Nullable String kid) throws UnusableKeyException {
        SignatureAlgorithm declared = JwkParser.declaredAlgorithm(jwk);
        String usedKid = kid == null ? JwkParser.optionalText(jwk, "kid") : kid;
        try {
            return of(usedKid, privateKey(jwk), declared);
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    static PrivateKey privateKey(Map<String, Object> jwk) throws UnusableKeyException, GeneralSecurityException {
        return switch (JwkParser.text(jwk, "kty")) {
            case "RSA" -> DecryptionKeys.rsaPrivateKey(jwk);
            case "EC" -> {
                EllipticCurve curve = EllipticCurve.named(JwkParser.text(jwk, "crv"))
                        .orElseThrow(() -> new UnusableKeyException("its \"crv\" is none of P-256, P-384 and P-521"));
                BigInteger d = new BigInteger(1, JwkParser.bytes(jwk, "d"));
                yield KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(d, curve.parameters()));
            }
            case "OKP" ->
                KeyFactory.getInstance("EdDSA")
                        .generatePrivate(new EdECPrivateKeySpec(
                                new NamedParameterSpec(JwkParser.text(jwk, "crv")), JwkParser.bytes(jwk, "d")));
            default -> throw new UnusableKeyException("its \"kty\" is none of RSA, EC and OKP");
        };
    }

    static SigningKey of(@Nullable String kid, PrivateKey key, @Nullable SignatureAlgorithm declared)
            throws UnusableKeyException {
        SignatureAlgorithm usual;
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= KeyPolicy.STRONG_RSA_BITS) {
            usual = SignatureAlgorithm.RS256;
        } else if (key instanceof ECPrivateKey ec) {
            usual = EllipticCurve.of(ec.getParams())
                    .map(SignatureAlgorithm::of)
                    .orElseThrow(() -> new UnusableKeyException("its curve is none of P-256, P-384 and P-521"));
        } else if (key instanceof EdECPrivateKey) {
            usual = SignatureAlgorithm.EDDSA;
        } else {
            throw new UnusableKeyException("it is no EC or Edwards-curve key, and no RSA key of 2048 bits or more");
        }
        if (declared != null && !declared.fits(key)) {
            throw new UnusableKeyException("its \"alg\" does not fit its type");
        }
        return new SigningKey(kid, key, declared == null ? usual : declared);
    }

    @Override
    public String toString() {
        return "SigningKey[hidden]";
    }
}
