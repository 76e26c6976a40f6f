package io.gatehouse.outbound;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens of clients beyond the life of the application: refresh tokens, above all, which a server that rotates
 * them gives out once. Implementations are thread-safe; a CDI bean of this type takes the place of the configured one.
 */
public interface TokenStorage {

    /**
     * What is stored, by client.
     *
     * @param namespace whose tokens these are: by default the name of the client, with the user where there is one
     * @throws java.io.UncheckedIOException where the storage cannot be read: the client goes on without it
     */
    Optional<StoredTokens> load(String namespace);

    /**
     * Replaces what is stored, all at once: a reader sees the old or the new tokens, nothing between.
     *
     * @throws java.io.UncheckedIOException where the storage cannot be written
     */
    void store(String namespace, StoredTokens tokens);

    /** Forgets what is stored, because the server does not take it any more or it was revoked. */
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
