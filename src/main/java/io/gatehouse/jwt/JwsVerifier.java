package io.gatehouse.jwt;

import io.gatehouse.keys.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** Checks one signature with one key, through the platform's cryptography. Pure and thread-safe. */
final class JwsVerifier {

    private JwsVerifier() {}

    /** Whether the key made this signature over these bytes with this algorithm, which has to fit the key. */
    static boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] signingInput, byte[] signature) {
        if (!hasSoundShape(key, signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(algorithm.jcaName());
            verifier.initVerify(key);
            if (algorithm.parameters().isPresent()) {
                verifier.setParameter(algorithm.parameters().get());
            }
            verifier.update(signingInput);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    /** What a signature by this key can look like, before the platform is asked. */
    static boolean hasSoundShape(PublicKey key, byte[] signature) {
        if (key instanceof RSAPublicKey rsa) {
            return signature.length == (rsa.getModulus().bitLength() + 7) / 8;
        }
        if (key instanceof EdECPublicKey ed) { // RFC 8032 §5.1.7 and §5.2.7; the platform takes zeros behind it
            return signature.length == (ed.getParams().getName().equals("Ed25519") ? 64 : 114);
        }
        return !(key instanceof ECPublicKey ec) || hasSoundIntegers(ec, signature);
    }

    /**
     * RFC 7518 §3.4: two integers of the curve's length. Both have to lie in [1, n-1]; Java releases before 17.0.3 did
     * not ask (CVE-2022-21449), so this does.
     */
    private static boolean hasSoundIntegers(ECPublicKey key, byte[] signature) {
        BigInteger order = key.getParams().getOrder();
        int length = (order.bitLength() + 7) / 8;
        return signature.length == 2 * length
                && isBetweenOneAndOrder(Arrays.copyOfRange(signature, 0, length), order)
                && isBetweenOneAndOrder(Arrays.copyOfRange(signature, length, 2 * length), order);
    }

    private static boolean isBetweenOneAndOrder(byte[] bytes, BigInteger order) {
        BigInteger integer = new BigInteger(1, bytes);
        return integer.signum() > 0 && integer.compareTo(order) < 0;
    }
}
