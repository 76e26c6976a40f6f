package io.gatehouse.token;

/**
 * Takes a token only if two validators do: a JWT that is genuine by its signature, say, and that its issuer has not
 * revoked. The second is asked only when the first says valid, and can do no more than refuse.
 *
 * <p>Thread-safe if both are.
 */
public final class ConfirmedTokenValidator implements TokenValidator {

    private final TokenValidator first;
    private final TokenValidator second;

    public ConfirmedTokenValidator(TokenValidator first, TokenValidator second) {
        this.first = first;
        this.second = second;
    }

    /** What the first found out stays, where the second agrees: its claims are the signed ones. */
    @Override
    public TokenValidationResult validate(AccessToken token) {
        return first.validate(token)
                .match(valid -> confirm(token, valid), invalid -> invalid, unavailable -> unavailable);
    }

    private TokenValidationResult confirm(AccessToken token, TokenValidationResult.Valid valid) {
        return second.validate(token).match(agreed -> valid, invalid -> invalid, unavailable -> unavailable);
    }
}
