package io.gatehouse.token;

import java.util.Objects;

/**
 * The credential as the caller presented it: a secret, so {@link #toString()} is a constant.
 *
 * <p>Immutable. Equality is that of the characters.
 */
public final class AccessToken {

    private static final int HASHED_CHARACTERS = 18;

    private final String value;

    private AccessToken(String value) {
        this.value = value;
    }

    /** Wraps the characters after the scheme; nothing is checked here. */
    public static AccessToken of(String value) {
        return new AccessToken(Objects.requireNonNull(value));
    }

    /** The characters themselves: for parsers and for {@code JsonWebToken.getRawToken()}, never for a log. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessToken that && value.equals(that.value);
    }

    /**
     * That of the last characters: in a signed token they are as good as random, and it is quicker to compare two tokens
     * than to hash one. So this is for tables of tokens that were found to be valid; others could be made to collide.
     */
    @Override
    public int hashCode() {
        return hashOf(value);
    }

    /** That of a token with these characters. */
    static int hashOf(String value) {
        int hash = value.length();
        for (int i = Math.max(0, value.length() - HASHED_CHARACTERS); i < value.length(); i++) {
            hash = 31 * hash + value.charAt(i);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
