package io.gatehouse.outbound;

import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FormBody;
import io.gatehouse.outbound.TokensByUser.User;
import io.gatehouse.outbound.TokensByUser.Users;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The authorizers that come with Gatehouse. None does any I/O before it is first asked for a header. */
public final class Authorizers {

    private Authorizers() {}

    /** Calls go without a header. */
    public static Authorizer none() {
        return new FixedAuthorizer(null);
    }

    /** HTTP Basic (RFC 7617). */
    public static Authorizer basic(String user, String password, CredentialsEncoding encoding) {
        return new FixedAuthorizer(new ClientSecretBasic(user, password, encoding)
                .authenticate(FormBody.empty(), Map.of())
                .map(request -> request.headers().get("Authorization"))
                .orElseThrow());
    }

    /** A token that somebody else gets and renews. */
    public static StaticToken staticToken(String token) {
        return new StaticToken(token);
    }

    /**
     * Our own token, by {@code client_credentials} (RFC 6749 §4.4).
     *
     * @param executor renews behind the back of those who use a token that is still good
     */
    public static Authorizer clientCredentials(
            TokenClient client, AuthorizerSettings settings, Clock clock, Executor executor) {
        return renewable(client::clientCredentials, settings, clock, executor);
    }

    /**
     * The token of whoever gave us a refresh token (RFC 6749 §6). The first refresh token is the stored one, where {@link
     * AuthorizerSettings#storage()} has one, and this one otherwise.
     *
     * @param executor renews behind the back of those who use a token that is still good
     */
    public static Authorizer refreshToken(
            TokenClient client, String refreshToken, AuthorizerSettings settings, Clock clock, Executor executor) {
        ClientLog log = new ClientLog(settings.name());
        return authorizer(
                new RefreshTokenSource(client, refreshToken, settings, log, clock), settings, clock, executor);
    }

    /** The token of one user, by an assertion about him that we sign (RFC 7523 §2.1). */
    public static Authorizer jwtBearer(
            TokenClient client, UserAssertion assertion, AuthorizerSettings settings, Clock clock, Executor executor) {
        return renewable(request -> client.jwtBearer(assertion, request), settings, clock, executor);
    }

    /**
     * The token of the user whose call it is, by an assertion about him that we sign (RFC 7523 §2.1); kept for each
     * assertion that differs.
     *
     * @param user whose call it is; asked for each call, and empty where there is none
     */
    public static Authorizer jwtBearer(
            TokenClient client,
            Supplier<Optional<UserAssertion>> user,
            WithoutCaller without,
            AuthorizerSettings settings,
            Clock clock,
            Executor executor) {
        Users<UserAssertion> users = new Users<>(user, assertion -> {
            if (assertion.isEmpty() && without == WithoutCaller.FAIL) {
                throw new TokenException(new TokenResult.GrantRejected(
                        "client " + settings.name() + ": there is no user to ask for", "invalid_grant", null));
            }
            return assertion.map(one -> new User(one.claims(), request -> client.jwtBearer(one, request), null));
        });
        return new TokensByUser(users, settings, clock, executor);
    }

    /**
     * The caller's token exchanged for one that is good where the call goes (RFC 8693). Kept for each token of a caller, and
     * never beyond its end.
     *
     * @param caller the token that the caller was let in by; asked for each call
     */
    public static Authorizer tokenExchange(
            TokenClient client,
            Supplier<Optional<ValidatedToken>> caller,
            WithoutCaller without,
            AuthorizerSettings settings,
            Clock clock,
            Executor executor) {
        return forCaller(client::exchange, caller, without, settings, clock, executor);
    }

    /** The same by Globus's grant for dependent tokens; name the resource server or the scopes, where there are several. */
    public static Authorizer dependentTokens(
            TokenClient client,
            Supplier<Optional<ValidatedToken>> caller,
            WithoutCaller without,
            AuthorizerSettings settings,
            Clock clock,
            Executor executor) {
        return forCaller(client::dependentTokens, caller, without, settings, clock, executor);
    }

    private static Authorizer forCaller(
            BiFunction<String, TokenRequest, TokenResult> grant,
            Supplier<Optional<ValidatedToken>> caller,
            WithoutCaller without,
            AuthorizerSettings settings,
            Clock clock,
            Executor executor) {
        CallersToken callers = new CallersToken(settings.name(), caller, without, clock);
        Users<ValidatedToken> users =
                new Users<>(caller, found -> callers.usable(found).map(token -> user(token, grant)));
        return new TokensByUser(users, settings, clock, executor);
    }

    private static User user(ValidatedToken token, BiFunction<String, TokenRequest, TokenResult> grant) {
        String value = token.accessToken().value();
        return new User(
                TokenHash.of(value),
                request -> grant.apply(value, request),
                token.expiresAt().orElse(null));
    }

    /**
     * The caller's own token: whoever receives it can do everything that the caller can. It goes along as it is, and is not
     * renewed.
     *
     * @param caller the token that the caller was let in by; asked for each call
     */
    public static Authorizer propagation(
            String client, Supplier<Optional<ValidatedToken>> caller, WithoutCaller without, Clock clock) {
        return new Propagation(new CallersToken(client, caller, without, clock));
    }

    /**
     * The token that a service client of Authress makes for itself from its access key; renewed an hour before its end.
     *
     * @param serviceDomain the account's own domain; null for the account's address at Authress
     * @throws IllegalArgumentException where the access key cannot be used; the message holds nothing of it
     */
    public static Authorizer authressServiceKey(
            String accessKey, @Nullable String serviceDomain, AuthorizerSettings settings, Clock clock) {
        AuthressToken source = new AuthressToken(AuthressAccessKey.parse(accessKey), serviceDomain, clock);
        Duration early = settings.renewBefore() == null ? AuthressToken.RENEW_BEFORE : settings.renewBefore();
        return authorizer(source, settings.withRenewBefore(early), clock, Runnable::run);
    }

    private static Authorizer renewable(
            Function<TokenRequest, TokenResult> grant, AuthorizerSettings settings, Clock clock, Executor executor) {
        return authorizer(new GrantSource(grant, settings), settings, clock, executor);
    }

    private static Authorizer authorizer(
            RenewableToken.Source source, AuthorizerSettings settings, Clock clock, Executor executor) {
        InitialToken initial = settings.initialToken();
        return new RenewableAuthorizer(new RenewableToken(
                source,
                new RenewableToken.Rules(settings.renewBefore(), settings.timeout(), Backoff.growing(), null),
                new ClientLog(settings.name()),
                initial == null ? null : initial.asResponse(clock.instant()).orElse(null),
                clock,
                executor));
    }

    /** For how many callers this one keeps a token, an estimate; empty where it has one token for all. */
    public static OptionalLong callersKept(Authorizer authorizer) {
        return authorizer instanceof TokensByUser tokens ? OptionalLong.of(tokens.size()) : OptionalLong.empty();
    }
}
