package io.gatehouse.jwt;

import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsSet;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies signed JWTs of one type and one signer that are no access tokens, such as signed introspection answers
 * (RFC 9701). It says who wrote the claims, and nothing about what they say. Immutable and thread-safe.
 */
public final class SignedJwtVerifier {

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
        SignatureAlgorithm algorithm = jws.header().algorithm();
        boolean typed = jws.header().typ() != null && jws.header().isOfType(Set.of(type));
        return typed
                        && algorithm != null
                        && keyPolicy.admits(algorithm)
                        && check(keys, jws, algorithm) instanceof Authenticity.Genuine
                ? Optional.of(jws.claims().kept())
                : Optional.empty();
    }

    /** Whether a known key made the signature. */
    static Authenticity check(VerificationKeys keys, CompactJws jws, SignatureAlgorithm algorithm) {
        return new SignatureCheck(KeysOfIssuer.always(keys), jws, algorithm).check();
    }
}
