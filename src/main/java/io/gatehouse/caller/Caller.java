package io.gatehouse.caller;

import io.gatehouse.token.ValidatedToken;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whoever sent the request, with what the token says about him: {@code @Inject Caller caller}, anywhere in a request.
 *
 * <p>Nothing here is null and nothing throws: of somebody who is not authenticated, or came without a token, and of a claim
 * that is absent or of another type, the answer is empty. What is injected asks the current request anew with each call.
 *
 * <p>Claims are named by a path: {@code realm_access.roles}, or {@code contexts[].roles} for those of all objects of an
 * array; a claim whose name has dots in it is found by that name.
 */
public interface Caller {

    /** Whether somebody proved who he is, by a token or by name and password. */
    boolean isAuthenticated();

    /** The name of the caller principal; empty where nobody is authenticated. */
    String name();

    /** A name to show to people: the {@code name} claim, or else {@link #name()}. Others may have the same. */
    String displayName();

    /**
     * What stays when names change: the {@code oid} claim (Entra ID, where {@code sub} differs by application), or else
     * {@code sub}, or else {@link #name()}. No two callers of one issuer have the same.
     */
    String identifier();

    /** What the configuration calls the issuer of the token. */
    Optional<String> issuerName();

    /** The client that the token was issued to: {@code client_id}, {@code azp}, {@code appid} or {@code cid}. */
    Optional<String> clientId();

    /**
     * Whether the token says that the client got it for itself, as by the client credentials grant. It does not where it
     * merely lacks something.
     */
    boolean isClient();

    /** Whether the token tells of a person; of a caller with neither sign, nobody knows. */
    boolean isUser();

    /** The roles in this application, as {@code @RolesAllowed} asks for them; unmodifiable. */
    Set<String> roles();

    /** The words of {@code scope} and {@code scp}; unmodifiable. */
    Set<String> scopes();

    /** How the caller was authenticated ({@code acr}). */
    Optional<String> acr();

    /** When the caller was authenticated ({@code auth_time}). */
    Optional<Instant> authenticatedAt();

    /**
     * The value at this path, if it is there once and has this type: {@code String}, {@code Boolean}, {@code Long} (a whole
     * number), {@code BigDecimal} (any number), {@code Instant} (a NumericDate), {@code List} or {@code Map}.
     */
    <T> Optional<T> claim(String path, Class<T> type);

    /** The strings at this path: those of an array, a lone one, or those of all places that the path leads to. */
    List<String> strings(String path);

    /** The string at this path. */
    default Optional<String> string(String path) {
        return claim(path, String.class);
    }

    /** The whole number at this path. */
    default OptionalLong integer(String path) {
        Optional<Long> number = claim(path, Long.class);
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    /** The number at this path. */
    default Optional<BigDecimal> number(String path) {
        return claim(path, BigDecimal.class);
    }

    /** The point in time at this path, written as a NumericDate (RFC 7519 §2). */
    default Optional<Instant> instant(String path) {
        return claim(path, Instant.class);
    }

    /** Whether the value at this path is true. */
    default boolean flag(String path) {
        return claim(path, Boolean.class).orElse(false);
    }

    /** Nobody is authenticated. */
    static Caller anonymous() {
        return AuthenticatedCaller.NOBODY;
    }

    /** Somebody of this name, without a token. */
    static Caller withoutToken(String name, Set<String> roles) {
        return new AuthenticatedCaller(name, null, roles);
    }

    /** Whoever this token is about, under the name that the application knows him by. */
    static Caller of(ValidatedToken token, String name, Set<String> roles) {
        return new AuthenticatedCaller(name, token, roles);
    }
}
