package io.gatehouse.jwt;

import io.gatehouse.token.TokenMemorySettings;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tokens have to look like, whoever issued them.
 *
 * @param maximumLength characters of the longest token that is looked at
 * @param acceptedTypes the {@code typ} header values that are taken of any issuer, in lower case and without
 *     {@code application/}; a token without {@code typ} is taken as well
 * @param encryption how encrypted tokens are opened, or null where tokens are only signed. Where it is set, every
 *     token has to be encrypted (MicroProfile JWT 2.1 §9.2.5)
 * @param memory how tokens are remembered that were found to be valid
 */
public record JwtSettings(
        int maximumLength,
        Set<String> acceptedTypes,
        @Nullable JweSettings encryption,
        TokenMemorySettings memory) {

    /** 16 KiB: more than any server sends by default in a header line, and little enough to look at for nothing. */
    public static final int DEFAULT_MAXIMUM_LENGTH = 16 * 1024;

    /** RFC 7519 §5.1 and RFC 9068 §2.1. */
    public static final Set<String> DEFAULT_TYPES = Set.of("jwt", "at+jwt");

    /** No token is remembered. */
    public JwtSettings(int maximumLength, Set<String> acceptedTypes, @Nullable JweSettings encryption) {
        this(maximumLength, acceptedTypes, encryption, TokenMemorySettings.none());
    }

    public JwtSettings {
        Objects.requireNonNull(memory);
        acceptedTypes = Set.copyOf(Objects.requireNonNull(acceptedTypes));
        if (maximumLength <= 0) {
            throw new IllegalArgumentException("maximum length");
        }
    }
}
