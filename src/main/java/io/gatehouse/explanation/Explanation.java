package io.gatehouse.explanation;

import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, in words that may stand in a log. Immutable.
 *
 * @param reason what is wrong, with the values that show it
 * @param remedy what to change, with the property to look at
 * @param token which token it was, as far as may be told; empty where there was none
 * @param issuerName what the configuration calls the issuer that the token names; null where it trusts none of that name
 */
public record Explanation(
        String reason,
        String remedy,
        String token,
        @Nullable String issuerName) {

    /** The reason and the remedy in one line. */
    public String sentence() {
        return reason + "; " + remedy;
    }

    /** All of it in one line. */
    public String line() {
        return token.isEmpty() ? sentence() : sentence() + " [" + token + "]";
    }
}
