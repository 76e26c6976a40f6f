package io.gatehouse.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the certificates of a Java key store: those that it trusts, and those of its own keys, whose private halves are
 * not touched. Pure and thread-safe; it has no {@link #toString()}, for it has a password.
 */
final class KeyStoreParser {

    private final KeyTextParser textParser;
    private final @Nullable String password;

    KeyStoreParser(KeyTextParser textParser, @Nullable String password) {
        this.textParser = textParser;
        this.password = password;
    }

    KeyFileContent parse(byte[] content, String type) throws UnusableKeyException {
        try {
            return certifiedKeys(open(content, type));
        } catch (GeneralSecurityException | RuntimeException broken) {
            // The platform's readers throw what they like at broken content, and its text may repeat that.
            throw new UnusableKeyException("it is a damaged key store");
        }
    }

    private KeyStore open(byte[] content, String type) throws UnusableKeyException, GeneralSecurityException {
        KeyStore keyStore = KeyStore.getInstance(type);
        try {
            keyStore.load(new ByteArrayInputStream(content), password == null ? null : password.toCharArray());
            return keyStore;
        } catch (IOException refused) {
            boolean wrongPassword = refused.getCause() instanceof UnrecoverableKeyException;
            throw new UnusableKeyException(
                    wrongPassword
                            ? "it is a key store that the configured password (key-store-password) does not open"
                            : "it is a damaged key store");
        }
    }

    private KeyFileContent certifiedKeys(KeyStore keyStore) throws UnusableKeyException, GeneralSecurityException {
        if (keyStore.size() > KeyTextParser.MAXIMUM_KEYS) {
            throw new UnusableKeyException(
                    "it is a key store with more than " + KeyTextParser.MAXIMUM_KEYS + " entries");
        }
        List<String> aliases =
                Collections.list(keyStore.aliases()).stream().sorted().toList();
        requireCertificate(keyStore, aliases);
        List<VerificationKey> keys = new ArrayList<>();
        List<X509Certificate> certificates = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (String alias : aliases) {
            try {
                X509Certificate certificate = requireX509(keyStore.getCertificate(alias));
                keys.add(textParser.verificationKey(certificate.getPublicKey(), alias));
                certificates.add(certificate);
            } catch (UnusableKeyException unusable) {
                skipped.add("entry " + KeyTextParser.printable(alias) + ": " + unusable.reason());
            }
        }
        return new KeyFileContent(List.of(), keys, certificates, skipped, true);
    }

    private static X509Certificate requireX509(@Nullable Certificate certificate) throws UnusableKeyException {
        if (certificate instanceof X509Certificate x509) {
            return x509;
        }
        throw new UnusableKeyException("it has no certificate");
    }

    /** Without a password the platform reads what it can: entries, but not their certificates. */
    private void requireCertificate(KeyStore keyStore, List<String> aliases)
            throws UnusableKeyException, GeneralSecurityException {
        for (String alias : aliases) {
            if (keyStore.getCertificate(alias) != null) {
                return;
            }
        }
        throw new UnusableKeyException(
                password == null
                        ? "it is a key store, and no password (key-store-password) is set"
                        : "it is a key store without a certificate that Java sees; \"keytool -importcert\" makes one, and so"
                                + " does \"openssl pkcs12 -export -jdktrust anyExtendedKeyUsage\" (3.2)");
    }
}
