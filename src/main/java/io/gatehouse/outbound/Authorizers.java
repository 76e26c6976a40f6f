package io.gatehouse.outbound;

import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FormBody;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

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
}
