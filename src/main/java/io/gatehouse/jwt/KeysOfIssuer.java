package io.gatehouse.jwt;

import io.gatehouse.keys.VerificationKeys;

/** Finds the keys of an issuer. Implementations are thread-safe. */
@FunctionalInterface
public interface KeysOfIssuer {

    /**
     * The keys that sign for this issuer.
     *
     * @param issuer the {@code iss} of a token, which is trusted
     */
    VerificationKeys of(String issuer);

    /** The same keys, whatever the issuer calls itself. */
    static KeysOfIssuer always(VerificationKeys keys) {
        return issuer -> keys;
    }
}
