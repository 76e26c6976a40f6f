package io.gatehouse.http;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How long a certificate of a server is good. */
public record ServerCertificate(Instant from, Instant until) {

    /** Of those that a server shows, the one that ends first: with it ends the trust in all; null where there is none. */
    static @Nullable ServerCertificate endingFirst(Certificate[] shown) {
        return Arrays.stream(shown)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .map(each -> new ServerCertificate(
                        each.getNotBefore().toInstant(), each.getNotAfter().toInstant()))
                .min(Comparator.comparing(ServerCertificate::until))
                .orElse(null);
    }
}
