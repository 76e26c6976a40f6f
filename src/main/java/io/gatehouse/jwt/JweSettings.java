package io.gatehouse.jwt;

import io.gatehouse.keys.DecryptionKeys;
import java.util.Set;

/**
 * How encrypted tokens are opened.
 *
 * @param keys the private keys
 * @param keyAlgorithms the {@code alg} values taken: {@code RSA-OAEP} (RFC 7518 §4.3), {@code RSA-OAEP-256}
 */
public record JweSettings(DecryptionKeys keys, Set<String> keyAlgorithms) {

    /** What this version can open. */
    public static final Set<String> SUPPORTED_KEY_ALGORITHMS = Set.of("RSA-OAEP", "RSA-OAEP-256");

    public JweSettings {
        keyAlgorithms = Set.copyOf(keyAlgorithms);
        if (!SUPPORTED_KEY_ALGORITHMS.containsAll(keyAlgorithms)) {
            throw new IllegalArgumentException("key management algorithm");
        }
    }
}
