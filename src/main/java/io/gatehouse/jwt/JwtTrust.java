package io.gatehouse.jwt;

import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.ClaimsValidator;

/**
 * What is trusted of one issuer.
 *
 * @param keys its keys
 * @param keyPolicy says which algorithms its tokens may name
 * @param claimsValidator the gate for its claims
 */
public record JwtTrust(VerificationKeys keys, KeyPolicy keyPolicy, ClaimsValidator claimsValidator) {}
