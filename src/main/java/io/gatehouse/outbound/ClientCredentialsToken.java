package io.gatehouse.outbound;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.json.JsonParser;
import io.gatehouse.log.ApplicationLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token of our own, fetched by {@code client_credentials} (RFC 6749 §4.4) when it is first needed and renewed
 * before it expires; for our own requests to the authorization server.
 *
 * <p>Thread-safe: see {@link RenewableToken}. Who does not make the renewal waits for 2 s at most, and a failed one is tried
 * again after 5 s.
 */
public final class ClientCredentialsToken implements Supplier<Optional<String>> {

    private static final System.Logger LOG = ApplicationLog.of(ClientCredentialsToken.class);

    private static final RenewableToken.Rules RULES =
            new RenewableToken.Rules(null, Duration.ofSeconds(2), Backoff.constant(Duration.ofSeconds(5)), null);

    private final URI tokenEndpoint;
    private final ClientAuthentication authentication;
    private final @Nullable String scope;
    private final JsonHttpClient client;
    private final Clock clock;
    private final RenewableToken token;

    /**
     * A token that is not there yet; no I/O here.
     *
     * @param scope what to ask for, or null for what the server gives by itself
     * @param executor renews behind the back of those who use a token that is still good
     */
    public ClientCredentialsToken(
            URI tokenEndpoint,
            ClientAuthentication authentication,
            @Nullable String scope,
            JsonHttpClient client,
            Clock clock,
            Executor executor) {
        this.tokenEndpoint = tokenEndpoint;
        this.authentication = authentication;
        this.scope = scope;
        this.client = client;
        this.clock = clock;
        this.token = new RenewableToken(
                replaced -> fetch(), RULES, new Log(TokenEndpoints.shown(tokenEndpoint)), null, clock, executor);
    }

    private record Log(String tokenEndpoint) implements RenewableToken.Listener {
        @Override
        public void renewed(boolean atLast, Duration life) {
            LOG.log(INFO, "GATE0401 a token of our own from {0}, good for {1} s", tokenEndpoint, life.toSeconds());
        }

        @Override
        public void failed(boolean first, TokenResult.Failed failure) {
            LOG.log(
                    first ? WARNING : DEBUG,
                    "GATE0402 no token of our own from {0}: {1}",
                    tokenEndpoint,
                    failure.problem());
        }
    }

    /** The token; empty where none can be had now. */
    @Override
    public Optional<String> get() {
        return token.get().match(granted -> Optional.of(granted.response().accessToken()), failed -> Optional.empty());
    }

    /**
     * Has the token renewed if it is the one that somebody did not take, and waits for that; says whether there is another
     * one now. A pause lies between two such complaints: a token that nobody takes must not become a flood of requests.
     */
    public boolean discard(String refused) {
        return token.renewAfterRefusal(refused);
    }

    private TokenResult fetch() {
        Instant startedAt = clock.instant();
        FormBody form = FormBody.empty().with("grant_type", "client_credentials");
        if (scope != null) {
            form = form.with("scope", scope);
        }
        Optional<AuthenticatedRequest> request = authentication.authenticate(form, Map.of());
        if (request.isEmpty()) {
            return failed("we cannot prove now who we are");
        }
        FetchResult result =
                client.post(tokenEndpoint, request.get().form(), request.get().headers());
        return result.match(
                ok -> read(ok.body(), startedAt),
                refused -> failed("it answered " + refused.status()),
                unreachable -> failed(unreachable.problem()));
    }

    private static TokenResult read(byte[] body, Instant startedAt) {
        Map<String, Object> answer =
                JsonParser.parseObject(body).match(parsed -> parsed.members(), malformed -> Map.of());
        if (!(answer.get("access_token") instanceof String value) || !BearerHeader.isToken(value)) {
            return failed("its answer holds no access token");
        }
        Duration expiresIn = answer.get("expires_in") instanceof Number n ? seconds(n) : null;
        return new TokenResult.Granted(new TokenResponse(
                value, "Bearer", startedAt, expiresIn, Set.of(), null, null, null, Map.of(), List.of()));
    }

    /** Of any length that a number can say: what is too long or too short is for {@link Lifetime} to bound. */
    private static Duration seconds(Number said) {
        return Duration.ofSeconds(said.longValue());
    }

    private static TokenResult failed(String problem) {
        return new TokenResult.Unreachable(problem, null);
    }

    @Override
    public String toString() {
        return "ClientCredentialsToken[" + TokenEndpoints.shown(tokenEndpoint) + "]";
    }
}
