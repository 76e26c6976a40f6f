package io.gatehouse.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
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

    /** The key of {@link #certifiedKey}. */
    static PublicKey publicKey(String text) throws UnusableKeyException {
        return certifiedKey(text).key();
    }

    /** The first block of the text as a public key: a SubjectPublicKeyInfo, a certificate or PKCS#1. */
    static CertifiedKey certifiedKey(String text) throws UnusableKeyException {
        Matcher block = publicBlock(text);
        String label = block.group(1);
        byte[] der = der(block.group(2));
        return switch (label) {
            case "PUBLIC KEY" -> CertifiedKey.bare(DerParser.publicKey(der));
            case "RSA PUBLIC KEY" -> CertifiedKey.bare(DerParser.rsaPublicKey(der));
            case "CERTIFICATE", "X509 CERTIFICATE" -> DerParser.certifiedKey(der);
            case "ENCRYPTED PRIVATE KEY" -> throw new UnusableKeyException(DerParser.ENCRYPTED_PRIVATE_KEY);
            default ->
                throw new UnusableKeyException(
                        label.endsWith("PRIVATE KEY")
                                ? DerParser.PRIVATE_KEY
                                : "its PEM label is \"" + label + "\", not PUBLIC KEY or CERTIFICATE");
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

    /** The first private key of the text, of any type known here; what else there is, such as certificates, is passed over. */
    static PrivateKey privateKey(String text) throws UnusableKeyException {
        Matcher block = BLOCK.matcher(text);
        String others = "";
        while (block.find()) {
            String label = block.group(1);
            switch (label) {
                case "PRIVATE KEY" -> {
                    return PrivateKeyParser.pkcs8(der(block.group(2)));
                }
                case "RSA PRIVATE KEY" -> {
                    return PrivateKeyParser.pkcs1(der(block.group(2)));
                }
                case "EC PRIVATE KEY" -> {
                    return PrivateKeyParser.sec1(der(block.group(2)));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw new UnusableKeyException(PrivateKeyParser.ENCRYPTED);
                default -> others = others.isEmpty() ? label : others;
            }
        }
        throw new UnusableKeyException(withoutPrivateKey(text, others));
    }

    private static String withoutPrivateKey(String text, String label) {
        if (text.contains("Proc-Type: 4,ENCRYPTED")) {
            return PrivateKeyParser.ENCRYPTED;
        }
        return label.isEmpty()
                ? "its PEM text has no complete block"
                : "its PEM label is \"" + label + "\", not PRIVATE KEY";
    }

    static PrivateKey rsaPrivateKey(byte[] pkcs8) throws UnusableKeyException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException invalid) {
            throw new UnusableKeyException("it is no RSA private key in PKCS#8");
        }
    }

    /** OpenSSL puts a curve's parameters before its private key. Older encrypted keys have headers in their block. */
    private static Matcher publicBlock(String text) throws UnusableKeyException {
        Matcher block = BLOCK.matcher(text);
        boolean found = block.find();
        if (found && block.group(1).equals("EC PARAMETERS")) {
            found = block.find();
        }
        if (!found) {
            throw new UnusableKeyException(
                    text.contains("PRIVATE KEY-----") ? DerParser.PRIVATE_KEY : "its PEM text has no complete block");
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
