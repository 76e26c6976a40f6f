package io.gatehouse.keys;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** What has to be true of a public key whatever file it came from, and what the platform does not ask. Pure. */
final class KeySoundness {

    private KeySoundness() {}

    static PublicKey requireSound(PublicKey key, KeyPolicy policy) throws UnusableKeyException {
        if (key instanceof RSAPublicKey rsa) {
            requireSoundRsa(rsa.getModulus(), rsa.getPublicExponent(), policy);
        }
        if (key instanceof ECPublicKey ec
                && !EllipticCurve.of(ec).map(curve -> curve.contains(ec.getW())).orElse(false)) {
            throw new UnusableKeyException("its curve is none of P-256, P-384 and P-521, or its point is not on it");
        }
        if (key instanceof EdECPublicKey ed
                && !EdwardsCurve.of(ed).isSound(ed.getPoint().getY())) {
            throw new UnusableKeyException("its point is one that anybody can sign for");
        }
        return key;
    }

    /** An exponent of 1 would make every text its own signature. */
    private static void requireSoundRsa(BigInteger modulus, BigInteger exponent, KeyPolicy policy)
            throws UnusableKeyException {
        int bits = modulus.bitLength();
        if (bits < policy.minimumRsaBits() || bits > KeyPolicy.MAXIMUM_RSA_BITS) {
            throw new UnusableKeyException("its RSA modulus has " + bits + " bits, not " + policy.minimumRsaBits()
                    + " to " + KeyPolicy.MAXIMUM_RSA_BITS);
        }
        boolean odd = exponent.testBit(0) && modulus.testBit(0);
        if (!odd || exponent.compareTo(BigInteger.valueOf(3)) < 0 || exponent.bitLength() > 64) {
            throw new UnusableKeyException("its RSA modulus or exponent is not sound");
        }
    }
}
