package io.gatehouse.jwt;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.InvalidTokenReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies signed JWTs of one type and one signer that are no access tokens, such as signed introspection answers
 * (RFC 9701). It says who wrote the claims, and nothing about what they say. Immutable and thread-safe.
 */
public final class SignedJwtVerifier {

    /** A token without a key id may cost this many signature checks, not more. */
    private static final int MAXIMUM_CANDIDATES = 16;

    private final String type;
    private final VerificationKeys keys;
    private final KeyPolicy keyPolicy;

    /**
     * A verifier for one type.
     *
     * @param type the {@code typ} header that has to be there, in lower case and without {@code application/}
     */
    public SignedJwtVerifier(String type, VerificationKeys keys, KeyPolicy keyPolicy) {
        this.type = type;
        this.keys = keys;
        this.keyPolicy = keyPolicy;
    }

    /** The claims, if the signature is that of a known key. */
    public Optional<ClaimsSet> verify(String compact) {
        if (!(CompactJws.parse(compact) instanceof Decoded.Part<CompactJws> decoded)) {
            return Optional.empty();
        }
        CompactJws jws = decoded.value();
        Optional<SignatureAlgorithm> algorithm =
                SignatureAlgorithm.named(jws.header().alg()).filter(keyPolicy::admits);
        boolean typed = jws.header().typ() != null && jws.header().isOfType(Set.of(type));
        return typed && algorithm.isPresent() && check(keys, jws, algorithm.get()) instanceof Authenticity.Genuine
                ? Optional.of(jws.claims())
                : Optional.empty();
    }

    /** Whether a known key made the signature. */
    static Authenticity check(VerificationKeys keys, CompactJws jws, SignatureAlgorithm algorithm) {
        String kid = jws.header().kid();
        KeyLookup lookup = keys.lookup(kid);
        Authenticity answer = check(lookup, jws, algorithm);
        boolean settled = answer instanceof Authenticity.Genuine || !(lookup instanceof KeyLookup.Found);
        if (settled) {
            return answer;
        }
        KeyLookup other = keys.lookupOther(kid, jws.signature(), (KeyLookup.Found) lookup);
        return other instanceof KeyLookup.NotFound ? answer : check(other, jws, algorithm);
    }

    private static Authenticity check(KeyLookup lookup, CompactJws jws, SignatureAlgorithm algorithm) {
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new Authenticity.Unknown(unavailable.retryAfter());
        }
        if (!(lookup instanceof KeyLookup.Found found)) {
            return new Authenticity.NotGenuine(InvalidTokenReason.KEY_NOT_KNOWN);
        }
        List<VerificationKey> candidates = found.keys().stream()
                .filter(key -> key.permits(algorithm))
                .limit(MAXIMUM_CANDIDATES)
                .toList();
        if (candidates.isEmpty()) {
            return new Authenticity.NotGenuine(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED);
        }
        return candidates.stream().anyMatch(key -> isSignedBy(key, jws, algorithm))
                ? new Authenticity.Genuine()
                : new Authenticity.NotGenuine(InvalidTokenReason.SIGNATURE_NOT_VALID);
    }

    private static boolean isSignedBy(VerificationKey key, CompactJws jws, SignatureAlgorithm algorithm) {
        return JwsVerifier.verify(algorithm, key.publicKey(), jws.signingInput(), jws.signature());
    }
}
