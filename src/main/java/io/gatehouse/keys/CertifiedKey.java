package io.gatehouse.keys;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A public key as it was read, before anybody asked whether it is sound.
 *
 * @param certificate the certificate that it was taken from, or null
 */
record CertifiedKey(PublicKey key, @Nullable X509Certificate certificate) {

    static CertifiedKey bare(PublicKey key) {
        return new CertifiedKey(key, null);
    }
}
