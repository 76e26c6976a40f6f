package io.gatehouse.keys;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Optional;

/** The curves of RFC 7518 §6.2.1.1. secp256k1 and the others are not among them, on purpose. */
enum EllipticCurve {
    P_256("P-256", "secp256r1", 32),
    P_384("P-384", "secp384r1", 48),
    P_521("P-521", "secp521r1", 66);

    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final String jwkName;
    private final int coordinateLength;

    @SuppressWarnings("ImmutableEnumChecker") // the platform's type has no setter
    private final ECParameterSpec parameters;

    EllipticCurve(String jwkName, String jcaName, int coordinateLength) {
        this.jwkName = jwkName;
        this.coordinateLength = coordinateLength;
        try {
            AlgorithmParameters generator = AlgorithmParameters.getInstance("EC");
            generator.init(new ECGenParameterSpec(jcaName));
            this.parameters = generator.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java runtime lacks the curve " + jwkName, missing);
        }
    }

    static Optional<EllipticCurve> named(String jwkName) {
        for (EllipticCurve curve : values()) {
            if (curve.jwkName.equals(jwkName)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    static Optional<EllipticCurve> of(ECPublicKey key) {
        return of(key.getParams());
    }

    static Optional<EllipticCurve> of(ECParameterSpec spec) {
        for (EllipticCurve curve : values()) {
            if (curve.parameters.getCurve().equals(spec.getCurve())
                    && curve.parameters.getOrder().equals(spec.getOrder())) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    /** Bytes of one coordinate, also of one half of a signature. */
    int coordinateLength() {
        return coordinateLength;
    }

    String jwkName() {
        return jwkName;
    }

    /** The public half of a private key: the base point that many times. For keys of ours as they are read, not for each use. */
    ECPoint publicPoint(BigInteger privateValue) throws UnusableKeyException {
        if (privateValue.signum() <= 0 || privateValue.compareTo(parameters.getOrder()) >= 0) {
            throw new UnusableKeyException("its private value does not lie within its curve's order");
        }
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = privateValue.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            sum = privateValue.testBit(bit) ? add(sum, parameters.getGenerator()) : sum;
        }
        return sum;
    }

    private ECPoint add(ECPoint a, ECPoint b) {
        if (a.equals(ECPoint.POINT_INFINITY)) {
            return b;
        }
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger slope = a.equals(b)
                ? quotient(
                        a.getAffineX()
                                .pow(2)
                                .multiply(THREE)
                                .add(parameters.getCurve().getA()),
                        a.getAffineY().shiftLeft(1),
                        p)
                : quotient(
                        b.getAffineY().subtract(a.getAffineY()), b.getAffineX().subtract(a.getAffineX()), p);
        BigInteger x =
                slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(p);
        BigInteger y = a.getAffineX()
                .subtract(x)
                .multiply(slope)
                .subtract(a.getAffineY())
                .mod(p);
        return new ECPoint(x, y);
    }

    private static BigInteger quotient(BigInteger dividend, BigInteger divisor, BigInteger p) {
        return dividend.multiply(divisor.modInverse(p)).mod(p);
    }

    /** Whether a point solves the curve's equation; {@code KeyFactory} does not ask (CVE-2017-12974's class). */
    boolean contains(ECPoint point) {
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger left = y.multiply(y).mod(p);
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB())
                .mod(p);
        return left.equals(right);
    }
}
