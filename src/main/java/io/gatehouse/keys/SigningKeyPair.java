package io.gatehouse.keys;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A private key of ours and the public half that others verify with; both belong together, which was tried. Immutable;
 * {@link #toString()} hides the key.
 */
record SigningKeyPair(SigningKey signing, PublicKey publicKey) {

    private static final byte[] PROBE = {1, 2, 3};

    /**
     * A pair of a private key.
     *
     * @param publicKey where it is known; null to compute it
     * @param kid null for the thumbprint (RFC 7638)
     * @param declared the algorithm that the key's JWK names, or null
     */
    static SigningKeyPair of(
            PrivateKey privateKey,
            @Nullable PublicKey publicKey,
            @Nullable String kid,
            @Nullable SignatureAlgorithm declared)
            throws UnusableKeyException {
        SigningKey signing = SigningKey.of(kid, privateKey, declared);
        PublicKey known = publicKey == null ? publicHalf(privateKey) : publicKey;
        requirePair(signing, known);
        return new SigningKeyPair(
                kid == null ? new SigningKey(PublicJwk.thumbprint(known), privateKey, signing.algorithm()) : signing,
                known);
    }

    /** The pair with another id. */
    SigningKeyPair named(String kid) {
        return new SigningKeyPair(new SigningKey(kid, signing.privateKey(), signing.algorithm()), publicKey);
    }

    String kid() {
        return requireNonNull(signing.kid());
    }

    /** As it is published. */
    Map<String, Object> jwk() {
        return PublicJwk.of(publicKey, kid(), signing.algorithm());
    }

    private static PublicKey publicHalf(PrivateKey key) throws UnusableKeyException {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (key instanceof ECPrivateKey ec) {
                EllipticCurve curve = EllipticCurve.of(ec.getParams())
                        .orElseThrow(() -> new UnusableKeyException("its curve is none of P-256, P-384 and P-521"));
                return KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(curve.publicPoint(ec.getS()), curve.parameters()));
            }
            if (key instanceof EdECPrivateKey edwards) {
                return publicHalf(edwards);
            }
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
        throw new UnusableKeyException("its public half cannot be found");
    }

    /** The platform computes it for new keys only, so it is given the old one for its random bytes (RFC 8032 §5.1.5). */
    private static PublicKey publicHalf(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] secret = key.getBytes().orElseThrow(() -> new GeneralSecurityException("hidden in a device"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA");
        generator.initialize(key.getParams(), new Known(secret));
        return generator.generateKeyPair().getPublic();
    }

    /** What is published verifies what is signed: a file with halves of two keys is found here, and not at the server. */
    private static void requirePair(SigningKey signing, PublicKey publicKey) throws UnusableKeyException {
        boolean pair;
        try {
            Signature signer = signature(signing);
            signer.initSign(signing.privateKey());
            signer.update(PROBE);
            Signature verifier = signature(signing);
            verifier.initVerify(publicKey);
            verifier.update(PROBE);
            pair = verifier.verify(signer.sign());
        } catch (GeneralSecurityException mismatch) {
            pair = false;
        }
        if (!pair) {
            throw new UnusableKeyException("its public half is not that of its private key");
        }
    }

    private static Signature signature(SigningKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(key.algorithm().jcaName());
        if (key.algorithm().parameters().isPresent()) {
            signature.setParameter(key.algorithm().parameters().get());
        }
        return signature;
    }

    /** No generator at all. */
    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Known(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
        }
    }

    @Override
    public String toString() {
        return "SigningKeyPair[" + signing.kid() + "]";
    }
}
