package io.gatehouse.token;

import java.util.Objects;

/**
 * The credential as the caller presented it: a secret, so {@link #toString()} is a constant.
 *
 * <p>Immutable. Equality is that of the characters.
 */
public final class AccessToken {

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

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
