package io.gatehouse.http;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a certificate of a server is good. */
public record ServerCertificate(Instant from, Instant until) {

    /**
     * The server's own, which comes first (RFC 8446 §4.4.2); null where it shows none. Of the others that come along some may
     * have ended long since, and nobody needs them.
     */
    static @Nullable ServerCertificate own(Certificate[] shown) {
        return shown.length > 0 && shown[0] instanceof X509Certificate own
                ? new ServerCertificate(
                        own.getNotBefore().toInstant(), own.getNotAfter().toInstant())
                : null;
    }
}
