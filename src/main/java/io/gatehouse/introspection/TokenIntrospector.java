package io.gatehouse.introspection;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.token.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks the authorization server about one token: one POST, sent once, never redirected. A server that fails is left
 * alone for a while, and a slow one is asked by a few threads only, so that it cannot take all of them.
 *
 * <p>Thread-safe.
 */
final class TokenIntrospector {

    private static final System.Logger LOG = System.getLogger(TokenIntrospector.class.getName());

    /** How long a call may wait for its turn: enough for a burst, too short to hold up a server's threads. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(1);

    /** What the introspection endpoint is called by RFC 7662 §2.1. */
    interface Endpoint {
        FetchResult post(FormBody form, Map<String, String> headers);
    }

    private final IntrospectionSettings settings;
    private final Endpoint endpoint;
    private final IntrospectionResponseReader reader;
    private final CircuitBreaker<Object> breaker;
    private final Semaphore turns;
    private final Clock clock;
    private final AtomicReference<Instant> rejectionReminderDue = new AtomicReference<>(Instant.MIN);
    private final AtomicReference<Instant> refusalReminderDue = new AtomicReference<>(Instant.MIN);
    private final AtomicBoolean failing = new AtomicBoolean();

    /** Until the first token was judged: an endpoint that has never called one alive may be set up wrongly. */
    private final AtomicBoolean doubting = new AtomicBoolean(true);

    TokenIntrospector(IntrospectionSettings settings, Endpoint endpoint, Clock clock) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.reader = new IntrospectionResponseReader(settings.signedAnswers(), clock);
        this.clock = clock;
        IntrospectionSettings.Limits limits = settings.limits();
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(limits.failureThreshold())
                .withDelay(limits.pause())
                .withSuccessThreshold(1) // one thread finds out whether the server is back, not as many as failed
                .build();
        this.turns = new Semaphore(limits.maximumConcurrency());
    }

    static Endpoint over(JsonHttpClient client, IntrospectionSettings settings) {
        return (form, headers) -> client.post(settings.endpoint(), form, headers);
    }

    /** Waits for its turn, at most a second, before it asks. */
    IntrospectionResponse introspect(AccessToken token) {
        try {
            if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                return new IntrospectionResponse.Failed("too many calls are under way", null);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new IntrospectionResponse.Failed("the call was broken off", null);
        }
        try {
            return askUnlessBroken(token);
        } finally {
            turns.release();
        }
    }

    private IntrospectionResponse askUnlessBroken(AccessToken token) {
        if (!breaker.tryAcquirePermit()) {
            return new IntrospectionResponse.Failed(
                    "it is left alone after failing", settings.limits().pause());
        }
        IntrospectionResponse response = new IntrospectionResponse.Failed("the call was broken off", null);
        try {
            response = ask(token);
            return response;
        } finally {
            settle(response);
        }
    }

    private void settle(IntrospectionResponse response) {
        if (response instanceof IntrospectionResponse.Failed) {
            breaker.recordFailure();
        } else {
            breaker.recordSuccess();
        }
        report(response);
    }

    private IntrospectionResponse ask(AccessToken token) {
        FormBody form = FormBody.empty().with("token", token.value());
        if (!settings.parameters().containsKey("token_type_hint")) { // none is sent twice (RFC 6749 §3.2)
            form = form.with("token_type_hint", "access_token");
        }
        for (Map.Entry<String, String> parameter : settings.parameters().entrySet()) {
            form = form.with(parameter.getKey(), parameter.getValue());
        }
        Optional<AuthenticatedRequest> request =
                settings.authentication().authenticate(form, Map.of("Accept", reader.accept()));
        return request.map(authenticated -> reader.read(endpoint.post(authenticated.form(), authenticated.headers())))
                .orElseGet(() -> new IntrospectionResponse.Failed("our own token for it cannot be had", null));
    }

    /**
     * One line per change of state; but a rejection of ours is repeated, because only we can end it. What a caller can
     * bring about changes no state, and fills no log.
     */
    private void report(IntrospectionResponse response) {
        if (response instanceof IntrospectionResponse.ClientRejected rejected) {
            settings.authentication().rejected();
            reportRejection(rejected.status());
        } else if (response instanceof IntrospectionResponse.RequestRefused refused) {
            reportRefusal(refused.status());
        } else {
            hintAtFirstToken(response);
            boolean failed = response instanceof IntrospectionResponse.Failed;
            if (failing.compareAndSet(!failed, failed)) {
                reportChange(response);
            }
        }
    }

    private void reportChange(IntrospectionResponse response) {
        if (response instanceof IntrospectionResponse.Failed failed) {
            LOG.log(
                    WARNING,
                    "GATE0301 introspection at {0} fails: {1}; callers get 503",
                    settings.endpoint(),
                    failed.problem());
        } else {
            LOG.log(INFO, "GATE0302 introspection at {0} works again", settings.endpoint());
        }
    }

    /** Said once, and only if the first token is dead: to its caller it is, but the mistake may be ours. */
    private void hintAtFirstToken(IntrospectionResponse response) {
        boolean judged = !(response instanceof IntrospectionResponse.Failed);
        if (judged && doubting.getAndSet(false) && response instanceof IntrospectionResponse.Inactive) {
            LOG.log(
                    INFO,
                    "GATE0304 {0} says of the first token that it is not active. If it should be: some servers"
                            + " (Keycloak) say so unless the client that asks is in the token''s \"aud\", or if they"
                            + " are asked under another host name than the one in \"iss\"",
                    settings.endpoint());
        }
    }

    private void reportRejection(int status) {
        if (isDue(rejectionReminderDue)) {
            LOG.log(
                    ERROR,
                    "GATE0303 the introspection endpoint {0} rejects our own credentials ({1}): check"
                            + " gatehouse.introspection.*; callers get 503 until then",
                    settings.endpoint(),
                    status);
        }
    }

    private void reportRefusal(int status) {
        if (isDue(refusalReminderDue)) {
            LOG.log(
                    WARNING,
                    "GATE0306 the introspection endpoint {0} refuses a request ({1}); its caller gets 503",
                    settings.endpoint(),
                    status);
        }
    }

    private boolean isDue(AtomicReference<Instant> reminder) {
        Instant now = clock.instant();
        Instant due = reminder.get();
        return !now.isBefore(due) && reminder.compareAndSet(due, now.plus(BETWEEN_REMINDERS));
    }
}
