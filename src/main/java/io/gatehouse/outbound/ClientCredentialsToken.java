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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token of our own, fetched by {@code client_credentials} (RFC 6749 §4.4) when it is first needed and renewed
 * before it expires.
 *
 * <p>Thread-safe: FRESH tokens are handed out at once, STALE ones as well while one thread renews behind their back, and
 * for an EXPIRED one everybody waits for the one renewal, 2 s at most who does not make it. A failed renewal is tried
 * again after a pause.
 */
public final class ClientCredentialsToken implements Supplier<Optional<String>> {

    private static final System.Logger LOG = System.getLogger(ClientCredentialsToken.class.getName());

    /** Renewed this long before the end, or a fifth of the lifetime before, whichever is less. */
    private static final Duration RENEW_BEFORE_END = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long a thread waits for a renewal that another one makes. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** What to think of a server that does not say how long its token lasts (RFC 6749 §5.1 only recommends it). */
    private static final long DEFAULT_LIFETIME_SECONDS = 300;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private final URI tokenEndpoint;
    private final ClientAuthentication authentication;
    private final @Nullable String scope;
    private final JsonHttpClient client;
    private final Clock clock;
    private final Executor executor;
    private final AtomicReference<@Nullable Fetched> current = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<Void>> underWay = new AtomicReference<>();
    private final AtomicReference<Instant> nextDiscard = new AtomicReference<>(Instant.MIN);

    /** A pause after each failure; what was fetched is renewed whenever its lifetime says so, be it a second. */
    private volatile Instant nextAttempt = Instant.MIN;

    private final AtomicBoolean failing = new AtomicBoolean();

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
        this.executor = executor;
    }

    private record Fetched(String token, Instant staleAt, Instant expiresAt) {
        @Override
        public String toString() {
            return "Fetched[hidden]";
        }
    }

    /** The token; empty where none can be had now. */
    @Override
    public Optional<String> get() {
        Instant now = clock.instant();
        Fetched token = current.get();
        if (token == null || !now.isBefore(token.expiresAt())) {
            renew(Runnable::run);
            return Optional.ofNullable(current.get())
                    .filter(renewed -> clock.instant().isBefore(renewed.expiresAt()))
                    .map(Fetched::token);
        }
        if (!now.isBefore(token.staleAt())) {
            renewBehind();
        }
        return Optional.of(token.token());
    }

    /**
     * Forgets the token if it is the one that somebody did not take; says whether the next one will be another. A pause
     * lies between two such complaints: a token that nobody takes must not become a flood of requests.
     */
    public boolean discard(String refused) {
        Fetched token = current.get();
        if (token == null || !token.token().equals(refused)) {
            return true;
        }
        Instant now = clock.instant();
        Instant due = nextDiscard.get();
        return !now.isBefore(due) && nextDiscard.compareAndSet(due, now.plus(PAUSE)) && forget(token);
    }

    /** Whoever has replaced it meanwhile has done the same. */
    private boolean forget(Fetched token) {
        current.compareAndSet(token, null);
        return true;
    }

    /** Runs the one renewal, or waits for the one that runs; does nothing in the pause after a failure. */
    private void renew(Executor runner) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> earlier = underWay.compareAndExchange(null, mine);
        if (earlier == null) {
            runner.execute(() -> fetch(mine));
        } else {
            await(earlier);
        }
    }

    /** Not as long as the one who asks: these are the threads of requests, and there may be many. */
    private static void await(CompletableFuture<Void> renewal) {
        try {
            renewal.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException without) {
            return; // whoever waits looks for the token himself
        }
    }

    private void renewBehind() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        if (!underWay.compareAndSet(null, mine)) {
            return;
        }
        try {
            executor.execute(() -> fetch(mine));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            underWay.set(null);
            mine.complete(null); // somebody whose token has expired may wait for it already
        }
    }

    private void fetch(CompletableFuture<Void> mine) {
        try {
            Instant startedAt = clock.instant();
            if (!startedAt.isBefore(nextAttempt) && !isFresh(current.get(), startedAt)) {
                nextAttempt = startedAt.plus(PAUSE);
                request(startedAt).ifPresent(fetched -> {
                    current.set(fetched);
                    nextAttempt = Instant.MIN;
                });
            }
        } finally {
            underWay.set(null);
            mine.complete(null);
        }
    }

    /** Whoever looked before another renewal was over need not make one more. */
    private static boolean isFresh(@Nullable Fetched token, Instant now) {
        return token != null && now.isBefore(token.staleAt());
    }

    private Optional<Fetched> request(Instant startedAt) {
        FormBody form = FormBody.empty().with("grant_type", "client_credentials");
        if (scope != null) {
            form = form.with("scope", scope);
        }
        Optional<AuthenticatedRequest> request = authentication.authenticate(form, Map.of());
        return request.map(r -> client.post(tokenEndpoint, r.form(), r.headers()))
                .flatMap(result -> read(result, startedAt));
    }

    private Optional<Fetched> read(FetchResult result, Instant startedAt) {
        return result.match(
                ok -> readToken(ok.body(), startedAt),
                refused -> failed("it answered " + refused.status()),
                unreachable -> failed(unreachable.problem()));
    }

    private Optional<Fetched> readToken(byte[] body, Instant startedAt) {
        Map<String, Object> answer =
                JsonParser.parseObject(body).match(parsed -> parsed.members(), malformed -> Map.of());
        if (!(answer.get("access_token") instanceof String token)
                || !TOKEN.matcher(token).matches()) {
            return failed("its answer holds no access token");
        }
        long seconds = answer.get("expires_in") instanceof Number n
                ? Math.max(1, Math.min(n.longValue(), Duration.ofDays(365).toSeconds()))
                : DEFAULT_LIFETIME_SECONDS;
        Duration early = Duration.ofSeconds(Math.min(RENEW_BEFORE_END.toSeconds(), seconds / 5));
        Instant expiresAt = startedAt.plusSeconds(seconds);
        failing.set(false);
        LOG.log(INFO, "GATE0401 a token of our own from {0}, good for {1} s", tokenEndpoint, seconds);
        return Optional.of(new Fetched(token, expiresAt.minus(early), expiresAt));
    }

    /** One line per change of state: an outage is no news with every attempt. */
    private Optional<Fetched> failed(String problem) {
        LOG.log(
                failing.getAndSet(true) ? DEBUG : WARNING,
                "GATE0402 no token of our own from {0}: {1}",
                tokenEndpoint,
                problem);
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "ClientCredentialsToken[" + tokenEndpoint + "]";
    }
}
