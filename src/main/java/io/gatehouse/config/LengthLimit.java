package io.gatehouse.config;

import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;

/** Refuses what is longer than any token before anybody is asked about it. Thread-safe if what it guards is. */
record LengthLimit(int maximumLength, TokenValidator validator) implements TokenValidator {
    @Override
    public TokenValidationResult validate(AccessToken token) {
        return token.value().length() > maximumLength
                ? new TokenValidationResult.Invalid(InvalidTokenReason.TOO_LONG)
                : validator.validate(token);
    }
}
