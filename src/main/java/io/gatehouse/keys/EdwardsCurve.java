package io.gatehouse.keys;

import java.math.BigInteger;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;

/** The curves of RFC 8037 §2, as far as the platform does not look at their points itself. */
enum EdwardsCurve {
    /** RFC 8032 §5.1; d = -121665/121666. */
    ED25519(NamedParameterSpec.ED25519, BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)), -121_665, 121_666),
    /** RFC 8032 §5.2; d = -39081. */
    ED448(
            NamedParameterSpec.ED448,
            BigInteger.TWO.pow(448).subtract(BigInteger.TWO.pow(224)).subtract(BigInteger.ONE),
            -39_081,
            1);

    private final String jcaName;
    private final BigInteger p;
    private final BigInteger d;

    EdwardsCurve(NamedParameterSpec name, BigInteger p, long numerator, long denominator) {
        this.jcaName = name.getName();
        this.p = p;
        this.d = BigInteger.valueOf(denominator)
                .modInverse(p)
                .multiply(BigInteger.valueOf(numerator))
                .mod(p);
    }

    static EdwardsCurve of(EdECPublicKey key) {
        return key.getParams().getName().equals(ED25519.jcaName) ? ED25519 : ED448;
    }

    /**
     * Whether a point, known by its y, is written in its one canonical way and generates more than a handful of others.
     * Anybody can sign for the points that do not.
     */
    boolean isSound(BigInteger y) {
        return y.compareTo(p) < 0 && !hasSmallOrder(y);
    }

    /** y = 1 is the neutral element, -1 has order 2, 0 has order 4; on Ed25519 there are four points of order 8. */
    private boolean hasSmallOrder(BigInteger y) {
        return y.signum() == 0
                || y.equals(BigInteger.ONE)
                || y.equals(p.subtract(BigInteger.ONE))
                || (this == ED25519 && hasOrderEight(y));
    }

    /** Doubled, such a point has y = 0: y² = -x², which makes the curve's equation d·y⁴ + 2·y² = 1. */
    private boolean hasOrderEight(BigInteger y) {
        BigInteger square = y.multiply(y).mod(p);
        BigInteger left =
                d.multiply(square).add(BigInteger.TWO).multiply(square).mod(p);
        return left.equals(BigInteger.ONE);
    }
}
