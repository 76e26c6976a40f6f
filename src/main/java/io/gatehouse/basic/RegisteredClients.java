package io.gatehouse.basic;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.guard.Breaker;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import java.nio.CharBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of an authorization server: an id and a secret are right if the server gives a token for them
 * ({@code client_credentials}, RFC 6749 §4.4). The token is thrown away. A server that fails is left alone for a while,
 * and a silent one holds only a few threads ({@link Bulkhead}). What the id and the secret alone can bring about is no
 * failure of the server, or anybody could keep everybody out.
 *
 * <p>Thread-safe. Right answers are remembered for half a minute.
 */
public final class RegisteredClients {

    private static final System.Logger LOG = ApplicationLog.of(RegisteredClients.class);

    private static final int FAILURE_THRESHOLD = 5;

    /** How long a failing server is left alone, and what callers hear where the server itself says nothing. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** So many calls at once, and a second and a half without an answer to any of them before the server is silent. */
    private static final Bulkhead.Limits LIMITS = new Bulkhead.Limits(50, Duration.ofMillis(1500), PAUSE);

    /** Of the header that is sent: servers take eight thousand or more, and some break off instead of saying 431. */
    private static final int MAXIMUM_LENGTH = 4096;

    private static final PasswordResult REFUSED = new PasswordResult.Refused();

    /** The server's token endpoint. */
    interface Endpoint {

        /** Given up when the answer is wanted no more. */
        FetchResult post(FormBody form, Map<String, String> headers, BooleanSupplier wanted);
    }

    private final ClientSettings settings;
    private final Endpoint endpoint;
    private final TokenAnswerReader reader;
    private final RecentlyAccepted recent;
    private final Breaker breaker;
    private final Bulkhead bulkhead;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Reminder reminder;

    public RegisteredClients(ClientSettings settings, JsonHttpClient client, Clock clock) {
        this(
                settings,
                (form, headers, wanted) -> client.post(settings.tokenEndpoint(), form, headers, wanted),
                Bulkhead.of(LIMITS, clock),
                breaker(PAUSE),
                clock);
    }

    RegisteredClients(
            ClientSettings settings,
            Endpoint endpoint,
            Bulkhead bulkhead,
            CircuitBreaker<Object> breaker,
            Clock clock) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.bulkhead = bulkhead;
        this.breaker = new Breaker(breaker);
        this.reminder = Reminder.everyMinute(clock);
        this.reader = new TokenAnswerReader(settings.scope());
        this.recent = new RecentlyAccepted(clock);
    }

    static CircuitBreaker<Object> breaker(Duration pause) {
        return Breaker.circuit(FAILURE_THRESHOLD, pause);
    }

    /** How many right ids and secrets are remembered; an estimate. */
    public long remembered() {
        return recent.size();
    }

    /**
     * Decides about an id and a secret; blocks while the server is asked, or for a second and a half where it answers
     * nobody and enough others wait for it.
     */
    public PasswordResult check(String id, char[] secret) {
        if (id.isEmpty() || secret.length == 0) {
            return REFUSED; // a server may take that for a client that needs none
        }
        return recent.get(id, CharBuffer.wrap(secret), () -> check(request(id, new String(secret)), id), this::await);
    }

    private PasswordResult check(AuthenticatedRequest request, String id) {
        String header = request.headers().getOrDefault("Authorization", "");
        return header.length() > MAXIMUM_LENGTH ? REFUSED : askInTurn(request, id);
    }

    /** The standard encoding (RFC 6749 §2.3.1), the one that every server was seen to take for every character. */
    private AuthenticatedRequest request(String id, String secret) {
        FormBody form = FormBody.empty().with("grant_type", "client_credentials");
        if (settings.scope() != null) {
            form = form.with("scope", settings.scope());
        }
        return new ClientSecretBasic(id, secret, CredentialsEncoding.FORM)
                .authenticate(form, Map.of())
                .orElseThrow();
    }

    private PasswordResult askInTurn(AuthenticatedRequest request, String id) {
        try (Bulkhead.Place place = bulkhead.place()) {
            return place.turn() == Bulkhead.Turn.GIVEN ? askUnlessLeftAlone(request, id, place) : unavailable(null);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return unavailable(null);
        }
    }

    /** Waits while another thread asks about the same id and secret. */
    private PasswordResult await(Future<PasswordResult> decision) {
        try (Bulkhead.Place place = bulkhead.place()) {
            return place.await(decision).orElseGet(() -> unavailable(null));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return unavailable(null);
        }
    }

    private PasswordResult askUnlessLeftAlone(AuthenticatedRequest request, String id, Bulkhead.Place place) {
        Breaker.Ending<TokenAnswer> ending = new Breaker.Ending<>(
                new TokenAnswer.Failed("the call was broken off", null),
                TokenAnswer.Failed.class::isInstance,
                this::report);
        return breaker.call(() -> ask(request, place), ending)
                .map(answer -> result(id, answer))
                .orElseGet(() -> unavailable(null));
    }

    private TokenAnswer ask(AuthenticatedRequest request, Bulkhead.Place place) {
        return reader.read(place.call(
                () -> endpoint.post(request.form(), request.headers(), place::mayWait), FetchResult::isAnswer));
    }

    private PasswordResult result(String id, TokenAnswer answer) {
        return answer.match(
                granted -> new PasswordResult.Accepted(settings.prefix() + id, settings.groups()),
                () -> REFUSED,
                notJudged -> unavailable(notJudged.retryAfter()),
                failed -> unavailable(failed.retryAfter()));
    }

    private static PasswordResult unavailable(@Nullable Duration retryAfter) {
        return new PasswordResult.Unavailable(retryAfter == null ? PAUSE : retryAfter);
    }

    /** One line per change of state. What a caller can bring about changes none, and fills no log. */
    private void report(TokenAnswer answer) {
        if (answer instanceof TokenAnswer.NotJudged notJudged) {
            remind(notJudged.status());
        } else if (answer instanceof TokenAnswer.Failed failed) {
            reportFailure(failed.problem());
        } else if (failing.compareAndSet(true, false)) {
            LOG.log(INFO, "GATE0602 clients can be checked at {0} again", settings.tokenEndpoint());
        }
    }

    private void reportFailure(String problem) {
        if (failing.compareAndSet(false, true)) {
            LOG.log(
                    WARNING,
                    "GATE0601 clients cannot be checked at {0}: {1}; callers get 503. If it cannot work, look at"
                            + " gatehouse.basic.token-endpoint",
                    settings.tokenEndpoint(),
                    problem);
        }
    }

    private void remind(int status) {
        if (reminder.isDue()) {
            LOG.log(
                    WARNING,
                    "GATE0210 the token endpoint {0} refuses a request ({1}) without a word about the client, who gets"
                            + " 503; if that happens to all of them, check gatehouse.basic.token-*",
                    settings.tokenEndpoint(),
                    status);
        }
    }

    @Override
    public String toString() {
        return "RegisteredClients[" + settings.tokenEndpoint() + "]";
    }
}
