package io.gatehouse.jwt;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.InvalidTokenReason;
import org.jspecify.annotations.Nullable;

/** Whether a known key of its issuer made the signature of a token. For one token and one thread. */
final class SignatureCheck implements Authenticity.Check {

    /** A token without a key id may cost this many signature checks, not more. */
    private static final int MAXIMUM_CANDIDATES = 16;

    private final KeysOfIssuer issuer;
    private final CompactJws jws;
    private final SignatureAlgorithm algorithm;
    private @Nullable VerificationKeys keys;
    private @Nullable VerificationKey signer;

    SignatureCheck(KeysOfIssuer issuer, CompactJws jws, SignatureAlgorithm algorithm) {
        this.issuer = issuer;
        this.jws = jws;
        this.algorithm = algorithm;
    }

    /** Where the signer's key is from; null before it was looked for. */
    @Nullable VerificationKeys keys() {
        return keys;
    }

    /** The key that made the signature; null where none is known to have made it. */
    @Nullable VerificationKey signer() {
        return signer;
    }

    @Override
    public Authenticity check() {
        VerificationKeys ofIssuer = issuer.of(jws.claims().get("iss") instanceof String name ? name : "");
        keys = ofIssuer;
        String kid = jws.header().kid();
        KeyLookup lookup = ofIssuer.lookup(kid);
        Authenticity answer = check(lookup);
        boolean settled = signer != null || !(lookup instanceof KeyLookup.Found);
        if (settled) {
            return answer;
        }
        KeyLookup other = ofIssuer.lookupOther(kid, jws.signature(), (KeyLookup.Found) lookup);
        return other instanceof KeyLookup.NotFound ? answer : check(other);
    }

    private Authenticity check(KeyLookup lookup) {
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new Authenticity.Unknown(unavailable.retryAfter());
        }
        if (!(lookup instanceof KeyLookup.Found found)) {
            return new Authenticity.NotGenuine(InvalidTokenReason.KEY_NOT_KNOWN);
        }
        int candidates = 0;
        for (VerificationKey key : found.keys()) {
            if (key.permits(algorithm) && candidates++ < MAXIMUM_CANDIDATES && isSignedBy(key)) {
                signer = key;
                return new Authenticity.Genuine();
            }
        }
        return new Authenticity.NotGenuine(
                candidates == 0 ? InvalidTokenReason.ALGORITHM_NOT_ACCEPTED : InvalidTokenReason.SIGNATURE_NOT_VALID);
    }

    private boolean isSignedBy(VerificationKey key) {
        return key.verifies(algorithm, jws.signingInput(), jws.signingInputLength(), jws.signature());
    }
}
