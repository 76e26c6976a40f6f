package io.gatehouse.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a key file held. Immutable.
 *
 * @param identified keys that have an id of their own, and verify tokens that name it
 * @param named keys without one: PEM, DER, certificates. They verify tokens with any id; their {@code kid} is the name
 *     of the file or of the key store's entry, and whoever names a token's key so gets that one
 * @param certificates the certificates that keys were taken from
 * @param skipped for each other entry, its name and the reason, ready for a log
 * @param keyStore whether it is one, and so has a password
 */
record KeyFileContent(
        List<VerificationKey> identified,
        List<VerificationKey> named,
        List<X509Certificate> certificates,
        List<String> skipped,
        boolean keyStore) {

    KeyFileContent {
        identified = List.copyOf(identified);
        named = List.copyOf(named);
        certificates = List.copyOf(certificates);
        skipped = List.copyOf(skipped);
    }

    int size() {
        return identified.size() + named.size();
    }

    /** What to know about certificates out of their time: they were configured, so their keys are used all the same. */
    List<String> datesToKnow(Instant now) {
        List<String> remarks = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                remarks.add("expired at " + until);
            } else if (now.isBefore(from)) {
                remarks.add("is valid from " + from + " only");
            }
        }
        return remarks;
    }
}
