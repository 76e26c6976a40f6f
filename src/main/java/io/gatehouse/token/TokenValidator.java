package io.gatehouse.token;

/** Decides whether a token is genuine, current and meant for this application. Implementations are thread-safe. */
@FunctionalInterface
public interface TokenValidator {

    /**
     * Decides about one token. Never throws for anything that the token holds: what is wrong with it comes back as
     * {@link TokenValidationResult.Invalid}, and what could not be found out as
     * {@link TokenValidationResult.Unavailable}.
     */
    TokenValidationResult validate(AccessToken token);
}
