package io.gatehouse.jwt;

import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.token.ClaimsValidator;
import java.util.Set;

/**
 * What is trusted of one issuer.
 *
 * @param keys its keys, by the {@code iss} of the token: one that a template takes may have keys of its own
 * @param keyPolicy says which algorithms its tokens may name
 * @param claimsValidator the gate for its claims
 * @param acceptedTypes the {@code typ} headers of its access tokens, as {@link JwtSettings#acceptedTypes()}
 */
public record JwtTrust(
        KeysOfIssuer keys, KeyPolicy keyPolicy, ClaimsValidator claimsValidator, Set<String> acceptedTypes) {
    public JwtTrust {
        acceptedTypes = Set.copyOf(acceptedTypes);
    }
}
