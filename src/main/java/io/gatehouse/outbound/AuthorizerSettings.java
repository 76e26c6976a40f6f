package io.gatehouse.outbound;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an authorizer gets its tokens, and how it keeps them fresh. Immutable; begin with {@link #named}.
 *
 * @param name of the client, for the log
 * @param request scopes, parameters and headers of each token request, beyond those that the {@link TokenClient} adds itself
 * @param renewBefore how long before its end a token is renewed, but half its life at most; null for a minute or a fifth of
 *     its life, whichever is less
 * @param timeout how long a call waits for a token
 * @param resourceServer whose token is meant where an answer holds several; null where the scopes say it or there is one only
 * @param initialToken an access token that is there already; null for none
 * @param storage keeps refresh tokens
 * @param storageNamespace whose tokens they are in the storage; null for the name with a hash of the first refresh token
 * @param onRefresh told the answer of each renewal before anybody sees the new token, so it must not ask for that token itself; of
 *     what it throws the type is logged, and the token is used all the same
 */
public record AuthorizerSettings(
        String name,
        TokenRequest request,
        @Nullable Duration renewBefore,
        Duration timeout,
        @Nullable String resourceServer,
        @Nullable InitialToken initialToken,
        TokenStorage storage,
        @Nullable String storageNamespace,
        Consumer<TokenResponse> onRefresh) {

    /** The defaults: what the client is configured for, fifteen seconds, nothing kept. */
    public static AuthorizerSettings named(String name) {
        return new AuthorizerSettings(
                name,
                TokenRequest.empty(),
                null,
                Duration.ofSeconds(15),
                null,
                null,
                TokenStorages.memory(),
                null,
                response -> {});
    }

    /** These settings with another request. */
    public AuthorizerSettings withRequest(TokenRequest value) {
        return new AuthorizerSettings(
                name, value, renewBefore, timeout, resourceServer, initialToken, storage, storageNamespace, onRefresh);
    }

    /** These settings with another time of renewal. */
    public AuthorizerSettings withRenewBefore(Duration value) {
        return new AuthorizerSettings(
                name, request, value, timeout, resourceServer, initialToken, storage, storageNamespace, onRefresh);
    }

    /** These settings with another bound for waiting. */
    public AuthorizerSettings withTimeout(Duration value) {
        return new AuthorizerSettings(
                name, request, renewBefore, value, resourceServer, initialToken, storage, storageNamespace, onRefresh);
    }

    /** These settings with the choice of one token of several. */
    public AuthorizerSettings withResourceServer(String value) {
        return new AuthorizerSettings(
                name, request, renewBefore, timeout, value, initialToken, storage, storageNamespace, onRefresh);
    }

    /** These settings with a token to begin with. */
    public AuthorizerSettings withInitialToken(InitialToken value) {
        return new AuthorizerSettings(
                name, request, renewBefore, timeout, resourceServer, value, storage, storageNamespace, onRefresh);
    }

    /** These settings with a storage. */
    public AuthorizerSettings withStorage(TokenStorage value) {
        return new AuthorizerSettings(
                name, request, renewBefore, timeout, resourceServer, initialToken, value, storageNamespace, onRefresh);
    }

    /**
     * These settings with a namespace in the storage. It must be another where server, client or first refresh token are:
     * what is stored under it is taken for the successor of that refresh token.
     */
    public AuthorizerSettings withStorageNamespace(String value) {
        return new AuthorizerSettings(
                name, request, renewBefore, timeout, resourceServer, initialToken, storage, value, onRefresh);
    }

    /** These settings with somebody who wants to know. */
    public AuthorizerSettings withOnRefresh(Consumer<TokenResponse> value) {
        return new AuthorizerSettings(
                name, request, renewBefore, timeout, resourceServer, initialToken, storage, storageNamespace, value);
    }
}
