package io.gatehouse.jwt;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.VerificationKey;
import java.security.PublicKey;
import java.util.Set;

/** One signature, one key: what vectors are made of. */
final class JwsVerifier {

    private JwsVerifier() {}

    static boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] signingInput, byte[] signature) {
        return new VerificationKey(null, key, Set.of(algorithm))
                .verifies(algorithm, signingInput, signingInput.length, signature);
    }
}
