package io.gatehouse.keys;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/** Reads public keys in DER: SubjectPublicKeyInfo, X.509 certificate, PKCS#1. Pure. */
final class DerParser {

    static final String PRIVATE_KEY = "it is a private key, where a public key belongs";
    static final String ENCRYPTED_PRIVATE_KEY = "it is an encrypted private key, where a public key belongs";

    private DerParser() {}

    /** A key in any of the forms, or the reason why it is none. */
    static CertifiedKey parse(byte[] der) throws UnusableKeyException {
        return switch (BinaryForm.of(der)) {
            case CERTIFICATE -> certifiedKey(der);
            case RSA_PUBLIC_KEY -> CertifiedKey.bare(rsaPublicKey(der));
            case PRIVATE_KEY -> throw new UnusableKeyException(PRIVATE_KEY);
            case ENCRYPTED_PRIVATE_KEY -> throw new UnusableKeyException(ENCRYPTED_PRIVATE_KEY);
            case PKCS12, JKS, JCEKS -> throw new UnusableKeyException("it is a key store, where a key belongs");
            case PKCS7 ->
                throw new UnusableKeyException("it is a PKCS#7 bundle; give the signer's certificate or public key");
            case TRUNCATED -> throw new UnusableKeyException("it is DER that ends too soon");
            case PUBLIC_KEY, UNKNOWN -> CertifiedKey.bare(publicKey(der));
        };
    }

    /** A SubjectPublicKeyInfo says its type inside; the platform makes us guess from the outside. */
    static PublicKey publicKey(byte[] subjectPublicKeyInfo) throws UnusableKeyException {
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
            } catch (GeneralSecurityException otherType) {
                // the next type, then
            }
        }
        throw new UnusableKeyException("it is no RSA, EC or Edwards-curve public key");
    }

    static CertifiedKey certifiedKey(byte[] der) throws UnusableKeyException {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new CertifiedKey(certificate.getPublicKey(), certificate);
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("it is no X.509 certificate");
        }
    }

    /** RFC 8017 §A.1.1: modulus and exponent, which the platform has no reader for. */
    static PublicKey rsaPublicKey(byte[] pkcs1) throws UnusableKeyException {
        DerElement sequence = DerElement.next(ByteBuffer.wrap(pkcs1));
        List<DerElement> numbers = sequence == null ? List.of() : sequence.children();
        boolean two = numbers.size() == 2 && numbers.stream().allMatch(DerParser::isNumber);
        if (!two) {
            throw new UnusableKeyException("it is no RSA public key in PKCS#1");
        }
        try {
            BigInteger modulus = new BigInteger(numbers.get(0).bytes());
            BigInteger exponent = new BigInteger(numbers.get(1).bytes());
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("its parameters are no valid key");
        }
    }

    private static boolean isNumber(DerElement element) {
        return element.tag() == DerElement.INTEGER && element.content().hasRemaining();
    }
}
