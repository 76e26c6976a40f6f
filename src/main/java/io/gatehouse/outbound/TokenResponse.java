package io.gatehouse.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer of a token endpoint (RFC 6749 §5.1). Immutable; {@link #toString()} shows nothing of it.
 *
 * @param accessToken the token; a secret
 * @param tokenType {@code Bearer}, mostly, also where the server does not say
 * @param requestedAt when the request was begun: lifetimes count from here, so that a slow answer makes no token live longer
 * @param expiresIn how long the token lasts; null where the server does not say
 * @param scopes what was granted; empty where the server does not say
 * @param refreshToken a new refresh token, which replaces the one that was sent; null where there is none; a secret
 * @param idToken an ID token (OpenID Connect Core §3.1.3.3); null where there is none; a secret
 * @param resourceServer whose token it is, where the server says so ({@code resource_server}, as Globus does)
 * @param members all members of the answer, those above included, of the types that JSON has
 * @param otherTokens the further tokens of an answer that holds several ({@code other_tokens}, or the rest of an array)
 */
public record TokenResponse(
        String accessToken,
        String tokenType,
        Instant requestedAt,
        @Nullable Duration expiresIn,
        Set<String> scopes,
        @Nullable String refreshToken,
        @Nullable String idToken,
        @Nullable String resourceServer,
        Map<String, Object> members,
        List<TokenResponse> otherTokens) {

    public TokenResponse {
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        otherTokens = List.copyOf(otherTokens);
    }

    TokenResponse withOtherTokens(List<TokenResponse> others) {
        return new TokenResponse(
                accessToken,
                tokenType,
                requestedAt,
                expiresIn,
                scopes,
                refreshToken,
                idToken,
                resourceServer,
                members,
                others);
    }

    /** Whether whoever holds it may use it (RFC 6750); other types need a proof with each request. */
    public boolean isBearer() {
        return tokenType.equalsIgnoreCase("Bearer");
    }

    /** The words of {@code purpose}, as the Telefónica platforms send them; empty where there are none. */
    public Set<String> purposes() {
        return members.get("purpose") instanceof String words
                ? Collections.unmodifiableSet(TokenResponseReader.words(words))
                : Set.of();
    }

    /** When the token ends; empty where the server does not say. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresIn).map(requestedAt::plus);
    }

    /** Hides all of it. */
    @Override
    public String toString() {
        return "TokenResponse[hidden]";
    }
}
