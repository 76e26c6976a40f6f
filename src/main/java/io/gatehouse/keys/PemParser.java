package io.gatehouse.keys;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys in the textual encoding of RFC 7468 ("PEM") and in DER; whether they are sound is asked elsewhere. Pure. */
final class PemParser {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]{1,65536}?)-----END \\1-----", Pattern.DOTALL);

    private PemParser() {}

    static boolean looksLikePem(String text) {
        return text.contains("-----BEGIN ");
    }

    /** The first block of the text as a public key: a SubjectPublicKeyInfo or a certificate. */
    static PublicKey publicKey(String text) throws UnusableKeyException {
        Matcher block = block(text);
        String label = block.group(1);
        byte[] der = der(block.group(2));
        return switch (label) {
            case "PUBLIC KEY" -> publicKey(der);
            case "CERTIFICATE", "X509 CERTIFICATE" -> certifiedKey(der);
            case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                throw new UnusableKeyException("it is a private key, where a public key belongs");
            default ->
                throw new UnusableKeyException("its PEM label is \"" + label + "\", not PUBLIC KEY or CERTIFICATE");
        };
    }

    /** The first block of the text as an RSA private key in PKCS#8. */
    static PrivateKey rsaPrivateKey(String text) throws UnusableKeyException {
        PrivateKey key = privateKey(text);
        if (!(key instanceof RSAPrivateKey)) {
            throw new UnusableKeyException("it is no RSA private key");
        }
        return key;
    }

    /** The first block of the text as a PKCS#8 private key of any type known here. */
    static PrivateKey privateKey(String text) throws UnusableKeyException {
        Matcher block = block(text);
        if (!block.group(1).equals("PRIVATE KEY")) {
            throw new UnusableKeyException("its PEM label is \"" + block.group(1) + "\", not PRIVATE KEY (PKCS#8)");
        }
        byte[] pkcs8 = der(block.group(2));
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException otherType) {
                // the next type, then
            }
        }
        throw new UnusableKeyException("it is no RSA, EC or Edwards-curve private key");
    }

    static PrivateKey rsaPrivateKey(byte[] pkcs8) throws UnusableKeyException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("it is no RSA private key in PKCS#8");
        }
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

    private static PublicKey certifiedKey(byte[] certificate) throws UnusableKeyException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("it is no X.509 certificate");
        }
    }

    private static Matcher block(String text) throws UnusableKeyException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new UnusableKeyException("its PEM text has no complete block");
        }
        return block;
    }

    private static byte[] der(String base64) throws UnusableKeyException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException invalid) {
            throw new UnusableKeyException("its PEM text is not base64");
        }
    }
}
