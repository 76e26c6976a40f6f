package io.gatehouse.keys;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are taken, and which algorithms a key may be used with.
 *
 * @param allowed the allow-list of the configuration; empty where none is configured, and then a key is used with the
 *     algorithm that its JWK names, or with the usual one of its type (RS256, ES256/384/512 by curve, EdDSA)
 * @param minimumRsaBits bits of the shortest RSA modulus taken
 * @param provider verifies the signatures of these keys
 */
public record KeyPolicy(Set<SignatureAlgorithm> allowed, int minimumRsaBits, SignatureProvider provider) {

    /** RFC 7518 §3.3 and §4.3. */
    public static final int STRONG_RSA_BITS = 2048;

    /** What MicroProfile JWT still asks for; only behind a property that says so. */
    public static final int WEAK_RSA_BITS = 1024;

    static final int MAXIMUM_RSA_BITS = 16_384;

    /** Keys whose signatures the Java runtime verifies. */
    public KeyPolicy(Set<SignatureAlgorithm> allowed, int minimumRsaBits) {
        this(allowed, minimumRsaBits, SignatureProvider.platform());
    }

    public KeyPolicy {
        allowed = Set.copyOf(allowed);
    }

    /** Nothing configured: strong keys, and for each of them one algorithm. */
    public static KeyPolicy strict() {
        return new KeyPolicy(Set.of(), STRONG_RSA_BITS);
    }

    /** Whether a token may name this algorithm at all. */
    public boolean admits(SignatureAlgorithm algorithm) {
        return allowed.isEmpty() || allowed.stream().anyMatch(algorithm::sameAs);
    }

    /** The algorithms for a key; {@code declared} is the JWK's own {@code alg} and narrows them (RFC 7517 §4.4). */
    Set<SignatureAlgorithm> algorithmsFor(PublicKey key, @Nullable SignatureAlgorithm declared) {
        Stream<SignatureAlgorithm> candidates;
        if (declared != null) {
            candidates = Stream.of(declared);
        } else if (allowed.isEmpty()) {
            candidates = SignatureAlgorithm.defaultFor(key).stream();
        } else {
            candidates = Arrays.stream(SignatureAlgorithm.values());
        }
        return candidates
                .filter(algorithm -> algorithm.fits(key) && admits(algorithm, key))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One Edwards curve on the allow-list does not admit keys of the other. */
    private boolean admits(SignatureAlgorithm algorithm, PublicKey key) {
        return allowed.isEmpty() || allowed.stream().anyMatch(a -> a.sameAs(algorithm) && a.fits(key));
    }
}
