package io.gatehouse.keys;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A public key and what it may be used for. Thread-safe; what it is does not change, and what verifying with it needs is
 * made once. Equality is that of the id, the key and the algorithms.
 */
public final class VerificationKey {

    private final @Nullable String kid;
    private final PublicKey publicKey;
    private final Set<SignatureAlgorithm> algorithms;
    private final SignatureProvider provider;
    private final Set<SignatureAlgorithm> permitted;
    private final Map<SignatureAlgorithm, SignatureVerifier> verifiers = new ConcurrentHashMap<>();

    /**
     * A key for these algorithms.
     *
     * @param kid the key id, or null where the key has none (a PEM file, say)
     * @param publicKey the key, checked when it was read: strong enough, on its curve
     * @param algorithms the algorithms that this key may verify; not empty
     */
    public VerificationKey(@Nullable String kid, PublicKey publicKey, Set<SignatureAlgorithm> algorithms) {
        this(kid, publicKey, algorithms, SignatureProvider.platform());
    }

    VerificationKey(
            @Nullable String kid, PublicKey publicKey, Set<SignatureAlgorithm> algorithms, SignatureProvider provider) {
        this.provider = provider;
        this.kid = kid;
        this.publicKey = Objects.requireNonNull(publicKey);
        this.algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("a key without an algorithm verifies nothing");
        }
        this.permitted = Arrays.stream(SignatureAlgorithm.values())
                .filter(named -> named.fits(publicKey) && algorithms.stream().anyMatch(named::sameAs))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same key under another id. */
    VerificationKey named(String name) {
        return new VerificationKey(name, publicKey, algorithms, provider);
    }

    /** The key id; null where the key has none. */
    public @Nullable String kid() {
        return kid;
    }

    /** The key itself. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The algorithms that this key may verify. */
    public Set<SignatureAlgorithm> algorithms() {
        return algorithms;
    }

    /** Whether a token may name this algorithm and be verified with this key. */
    public boolean permits(SignatureAlgorithm algorithm) {
        return permitted.contains(algorithm);
    }

    /**
     * Whether this key made a signature over the first bytes of a text, with an algorithm that it {@link #permits}.
     *
     * @param length how many bytes
     */
    public boolean verifies(SignatureAlgorithm algorithm, byte[] text, int length, byte[] signature) {
        return permits(algorithm) && verifier(algorithm).verify(text, length, signature);
    }

    private SignatureVerifier verifier(SignatureAlgorithm algorithm) {
        SignatureVerifier known = verifiers.get(algorithm);
        return known == null
                ? verifiers.computeIfAbsent(algorithm, named -> new SignatureVerifier(named, publicKey, provider))
                : known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey that
                && Objects.equals(kid, that.kid)
                && publicKey.equals(that.publicKey)
                && algorithms.equals(that.algorithms);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kid, publicKey, algorithms);
    }

    @Override
    public String toString() {
        return "VerificationKey[kid=" + kid + ", " + publicKey.getAlgorithm() + ", " + algorithms + "]";
    }
}
