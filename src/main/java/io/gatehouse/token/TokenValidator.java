package io.gatehouse.token;

import org.jspecify.annotations.Nullable;

/** Decides whether a token is genuine, current and meant for this application. Implementations are thread-safe. */
@FunctionalInterface
public interface TokenValidator {

    /**
     * Decides about one token. Never throws for anything that the token holds: what is wrong with it comes back as
     * {@link TokenValidationResult.Invalid}, and what could not be found out as
     * {@link TokenValidationResult.Unavailable}.
     */
    TokenValidationResult validate(AccessToken token);

    /**
     * The decision about the token with these characters, where it was valid a short while ago: as {@link #validate} would
     * decide now, of what may have changed since. Null, as ever with most implementations, where {@code validate} has to be
     * asked. The characters may be any; of those that are no remembered token nothing becomes known to anybody.
     */
    default @Nullable TokenValidationResult remembered(String characters) {
        return null;
    }
}
