package io.gatehouse.keys;

import java.security.PublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key and what it may be used for. Immutable.
 *
 * @param kid the key id, or null where the key has none (a PEM file, say)
 * @param publicKey the key, checked when it was read: strong enough, on its curve
 * @param algorithms the algorithms that this key may verify; not empty
 */
public record VerificationKey(@Nullable String kid, PublicKey publicKey, Set<SignatureAlgorithm> algorithms) {

    public VerificationKey {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("a key without an algorithm verifies nothing");
        }
    }

    /** Whether a token may name this algorithm and be verified with this key. */
    public boolean permits(SignatureAlgorithm algorithm) {
        return algorithm.fits(publicKey) && algorithms.stream().anyMatch(algorithm::sameAs);
    }
}
