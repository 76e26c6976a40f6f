package io.gatehouse.keys;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A private key for encrypted tokens, with the key id and the algorithm that its JWK gives it, if any.
 * {@link #toString()} hides the key.
 */
record DecryptionKey(@Nullable String kid, @Nullable String keyAlgorithm, PrivateKey privateKey) {

    boolean permits(String algorithm) {
        return keyAlgorithm == null || keyAlgorithm.equals(algorithm);
    }

    @Override
    public String toString() {
        return "DecryptionKey[hidden]";
    }
}
