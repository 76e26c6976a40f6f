package io.gatehouse.keys;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads private keys in DER: PKCS#8, PKCS#1 (RSA) and SEC 1 (EC). Pure. */
final class PrivateKeyParser {

    static final String ENCRYPTED =
            "it is an encrypted private key; \"openssl pkcs8 -topk8 -nocrypt\" makes one of it that can be read, and PKCS#12"
                    + " is the form for one with a password";

    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int PARAMETERS = 0xA0;

    /** Version, modulus, two exponents, two primes, and three numbers that make use of them (RFC 8017 §A.1.2). */
    private static final int NUMBERS_OF_PKCS1 = 9;

    /** RFC 5480 §2.1.1.1. */
    private static final Map<String, EllipticCurve> CURVES = Map.of(
            "2a8648ce3d030107", EllipticCurve.P_256,
            "2b81040022", EllipticCurve.P_384,
            "2b81040023", EllipticCurve.P_521);

    private PrivateKeyParser() {}

    /** A key in any of the forms, or the reason why it is none. */
    static PrivateKey parse(byte[] der) throws UnusableKeyException {
        List<DerElement> parts = parts(der);
        if (parts.size() > 1 && parts.get(1).tag() == OCTET_STRING) {
            return sec1(der);
        }
        return parts.size() > 1 && parts.get(1).tag() == DerElement.INTEGER ? pkcs1(der) : pkcs8(der);
    }

    /** PKCS#8 says its type inside; the platform makes us guess from the outside. */
    static PrivateKey pkcs8(byte[] der) throws UnusableKeyException {
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException otherType) {
                // the next type, then
            }
        }
        throw new UnusableKeyException("it is no RSA, EC or Edwards-curve private key");
    }

    static PrivateKey pkcs1(byte[] der) throws UnusableKeyException {
        List<DerElement> numbers = parts(der);
        boolean allNumbers = numbers.stream()
                .allMatch(part ->
                        part.tag() == DerElement.INTEGER && part.content().hasRemaining());
        if (numbers.size() != NUMBERS_OF_PKCS1 || !allNumbers) {
            throw new UnusableKeyException("it is no RSA private key of two primes in PKCS#1");
        }
        List<BigInteger> values =
                numbers.stream().map(number -> new BigInteger(number.bytes())).toList();
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new RSAPrivateCrtKeySpec(
                            values.get(1),
                            values.get(2),
                            values.get(3),
                            values.get(4),
                            values.get(5),
                            values.get(6),
                            values.get(7),
                            values.get(8)));
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    /** SEC 1 §C.4: version, private value, and then the curve, which OpenSSL always writes. */
    static PrivateKey sec1(byte[] der) throws UnusableKeyException {
        List<DerElement> parts = parts(der);
        if (parts.size() < 3
                || parts.get(1).tag() != OCTET_STRING
                || parts.get(2).tag() != PARAMETERS) {
            throw new UnusableKeyException("it is no EC private key with a named curve");
        }
        EllipticCurve curve = curve(parts.get(2));
        BigInteger privateValue = new BigInteger(1, parts.get(1).bytes());
        curve.publicPoint(privateValue);
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(privateValue, curve.parameters()));
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    private static EllipticCurve curve(DerElement parameters) throws UnusableKeyException {
        DerElement name = DerElement.next(parameters.content().duplicate());
        EllipticCurve curve = name == null || name.tag() != OBJECT_IDENTIFIER
                ? null
                : CURVES.get(HexFormat.of().formatHex(name.bytes()));
        if (curve == null) {
            throw new UnusableKeyException("its curve is none of P-256, P-384 and P-521");
        }
        return curve;
    }

    private static List<DerElement> parts(byte[] der) throws UnusableKeyException {
        DerElement sequence = DerElement.next(ByteBuffer.wrap(der));
        if (sequence == null) {
            throw new UnusableKeyException("it is DER that ends too soon");
        }
        return sequence.children();
    }
}
