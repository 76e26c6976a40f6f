package io.gatehouse.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures of one algorithm with one key, through the provider's cryptography. What can be prepared, is prepared
 * once; the provider's objects are used again. Thread-safe.
 */
final class SignatureVerifier {

    private final SignatureForm.Prepared prepared;
    private final int signatureLength;

    /** Of the key's curve; null for keys that have none of that kind. */
    private final byte @Nullable [] order;

    private final Shelf<Signature> idle = new Shelf<>();

    SignatureVerifier(SignatureAlgorithm algorithm, PublicKey key, SignatureProvider provider) {
        this.prepared = provider.prepare(algorithm == SignatureAlgorithm.EDDSA ? edwards(key) : algorithm, key);
        this.order = key instanceof ECPublicKey ec ? unsigned(ec.getParams().getOrder()) : null;
        this.signatureLength = order == null ? signatureLength(key) : 2 * order.length;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** The older name stands for either curve; a provider may know only one of them. */
    private static SignatureAlgorithm edwards(PublicKey key) {
        return SignatureAlgorithm.ED25519.fits(key) ? SignatureAlgorithm.ED25519 : SignatureAlgorithm.ED448;
    }

    /** RFC 8032 §5.1.7 and §5.2.7; the platform takes zeros behind it. */
    private static int signatureLength(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return (rsa.getModulus().bitLength() + 7) / 8;
        }
        return key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519") ? 64 : 114;
    }

    /** Whether the key made this signature over the first bytes of the text. */
    boolean verify(byte[] text, int length, byte[] signature) {
        if (signature.length != signatureLength || (order != null && !hasSoundIntegers(signature, order))) {
            return false;
        }
        try {
            Signature taken = idle.take();
            Signature verifier = taken == null ? prepared.newVerifier() : taken;
            verifier.update(text, 0, length);
            boolean genuine = verifier.verify(prepared.inForm(signature));
            idle.giveBack(verifier); // one that threw is not used again
            return genuine;
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    /**
     * RFC 7518 §3.4: two integers of the curve's length. Both have to lie in [1, n-1]; Java releases before 17.0.3 did
     * not ask (CVE-2022-21449), so this does.
     */
    static boolean hasSoundIntegers(byte[] signature, byte[] order) {
        return isBetweenZeroAndOrder(signature, 0, order) && isBetweenZeroAndOrder(signature, order.length, order);
    }

    private static boolean isBetweenZeroAndOrder(byte[] signature, int from, byte[] order) {
        int to = from + order.length;
        boolean zero = true;
        for (int i = from; i < to; i++) {
            zero &= signature[i] == 0;
        }
        return !zero && Arrays.compareUnsigned(signature, from, to, order, 0, order.length) < 0;
    }
}
