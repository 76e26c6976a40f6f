package io.gatehouse.outbound;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens of clients beyond the life of the application: refresh tokens, above all, which a server that rotates
 * them gives out once. Implementations are thread-safe; a CDI bean of this type takes the place of the configured one.
 *
 * <p>A namespace says whose tokens these are: a text that begins with the name of the client, such as {@code
 * orders-3f5a…}. A configured client has another one with another token endpoint or issuer, client id, list of scopes,
 * resource server, audience, resource or configured refresh token, so that no server gets the tokens of another. What is
 * stored under the former one is left where it is, and not used.
 */
public interface TokenStorage {

    /**
     * What is stored, by client.
     *
     * @param namespace whose tokens these are; to be taken as a whole
     * @throws java.io.UncheckedIOException where the storage cannot be read: the client goes on without it
     */
    Optional<StoredTokens> load(String namespace);

    /**
     * Replaces what is stored, all at once: a reader sees the old or the new tokens, nothing between.
     *
     * @throws java.io.UncheckedIOException where the storage cannot be written
     */
    void store(String namespace, StoredTokens tokens);

    /** Forgets what is stored. For applications: Gatehouse itself removes nothing, since a refusal may pass. */
    void remove(String namespace);

    /**
     * What a client keeps. {@link #toString()} hides it.
     *
     * @param resourceServer whose token it is, where the server says so
     * @param scopes what it was granted for
     * @param accessToken null where only the refresh token is kept
     * @param expiresAt when the access token ends; null where it is not known
     */
    record StoredTokens(
            @Nullable String resourceServer,
            Set<String> scopes,
            @Nullable String accessToken,
            @Nullable Instant expiresAt,
            @Nullable String refreshToken) {
        public StoredTokens {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "StoredTokens[hidden]";
        }
    }
}
