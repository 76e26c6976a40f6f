package io.gatehouse.basic;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.JsonHttpClient;
import java.nio.CharBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The clients of an authorization server: an id and a secret are right if the server gives a token for them
 * ({@code client_credentials}, RFC 6749 §4.4). The token is thrown away. A server that fails is left alone for a while,
 * and a slow one is asked by a few threads only.
 *
 * <p>Thread-safe. Right answers are remembered for half a minute.
 */
public final class RegisteredClients {

    private static final System.Logger LOG = System.getLogger(RegisteredClients.class.getName());

    private static final int MAXIMUM_CONCURRENCY = 50;
    private static final int FAILURE_THRESHOLD = 5;

    /** How long a failing server is left alone, and what callers hear where the server itself says nothing. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long a call may wait for its turn. */
    private static final Duration TURN = Duration.ofSeconds(1);

    /** The server's token endpoint. */
    interface Endpoint {
        FetchResult post(FormBody form, Map<String, String> headers);
    }

    private final ClientSettings settings;
    private final Endpoint endpoint;
    private final TokenAnswerReader reader;
    private final RecentlyAccepted recent;
    private final CircuitBreaker<Object> breaker;
    private final Semaphore turns = new Semaphore(MAXIMUM_CONCURRENCY);
    private volatile boolean failing;

    public RegisteredClients(ClientSettings settings, JsonHttpClient client, Clock clock) {
        this(settings, (form, headers) -> client.post(settings.tokenEndpoint(), form, headers), clock);
    }

    RegisteredClients(ClientSettings settings, Endpoint endpoint, Clock clock) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.reader = new TokenAnswerReader(settings.scope());
        this.recent = new RecentlyAccepted(clock);
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(FAILURE_THRESHOLD)
                .withDelay(PAUSE)
                .build();
    }

    /** Decides about an id and a secret; blocks while the server is asked. */
    public PasswordResult check(String id, char[] secret) {
        return recent.get(id, CharBuffer.wrap(secret), () -> askInTurn(id, new String(secret)));
    }

    private PasswordResult askInTurn(String id, String secret) {
        try {
            if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                return unavailable();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return unavailable();
        }
        try {
            return breaker.tryAcquirePermit() ? settled(id, secret) : unavailable();
        } finally {
            turns.release();
        }
    }

    private PasswordResult settled(String id, String secret) {
        TokenAnswer answer = new TokenAnswer.Failed("the call was broken off", null);
        try {
            answer = ask(id, secret);
            return result(id, answer);
        } finally {
            settle(answer);
        }
    }

    /** The standard encoding (RFC 6749 §2.3.1), the one that every server was seen to take for every character. */
    private TokenAnswer ask(String id, String secret) {
        FormBody form = FormBody.empty().with("grant_type", "client_credentials");
        if (settings.scope() != null) {
            form = form.with("scope", settings.scope());
        }
        AuthenticatedRequest request = new ClientSecretBasic(id, secret, CredentialsEncoding.FORM)
                .authenticate(form, Map.of())
                .orElseThrow();
        return reader.read(endpoint.post(request.form(), request.headers()));
    }

    private PasswordResult result(String id, TokenAnswer answer) {
        return answer.match(
                granted -> new PasswordResult.Accepted(settings.prefix() + id, settings.groups()),
                PasswordResult.Refused::new,
                failed -> failed.retryAfter() == null
                        ? unavailable()
                        : new PasswordResult.Unavailable(failed.retryAfter()));
    }

    private static PasswordResult unavailable() {
        return new PasswordResult.Unavailable(PAUSE);
    }

    /** One line per change of state. */
    private void settle(TokenAnswer answer) {
        if (answer instanceof TokenAnswer.Failed failed) {
            breaker.recordFailure();
            report(true, failed.problem());
        } else {
            breaker.recordSuccess();
            report(false, "");
        }
    }

    private void report(boolean failed, String problem) {
        if (failed == failing) {
            return;
        }
        failing = failed;
        if (failed) {
            LOG.log(
                    WARNING,
                    "GATE0601 clients cannot be checked at {0}: {1}; callers get 503",
                    settings.tokenEndpoint(),
                    problem);
        } else {
            LOG.log(INFO, "GATE0602 clients can be checked at {0} again", settings.tokenEndpoint());
        }
    }

    @Override
    public String toString() {
        return "RegisteredClients[" + settings.tokenEndpoint() + "]";
    }
}
