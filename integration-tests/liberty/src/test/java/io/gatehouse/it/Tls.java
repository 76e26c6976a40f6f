package io.gatehouse.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The two who know each other by their certificates. The application's server trusts {@link #SERVER}. */
enum Tls {
    SERVER("localhost.p12"),
    CLIENT("elsewhere.p12");

    static final String PASSWORD = "changeit";

    private final String fileName;

    Tls(String fileName) {
        this.fileName = fileName;
    }

    /** Key and certificate. */
    Path file() {
        return Path.of(System.getProperty("tls.stores"), fileName).toAbsolutePath();
    }

    /** The certificate as PEM. */
    String certificate() {
        try {
            byte[] der = store().getCertificate("peer").getEncoded();
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new AssertionError("key stores of the tests", unreadable);
        }
    }

    /** With the key and certificate of this one, trusting the other. */
    SSLContext trusting(Tls other) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("other", other.store().getCertificate("peer"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new AssertionError("key stores of the tests", unreadable);
        }
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file())) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
