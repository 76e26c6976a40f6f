package io.gatehouse.introspection;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.discovery.IssuerMetadata;
import io.gatehouse.guard.Breaker;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication.AuthenticatedRequest;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import io.gatehouse.token.AccessToken;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authorization server about one token: one POST, never redirected, and a second one only where our own token
 * was not taken and another can be had. A server that fails is left alone for a while, and a silent one holds only a few
 * threads ({@link Bulkhead}).
 *
 * <p>Thread-safe.
 */
final class TokenIntrospector {

    private static final System.Logger LOG = ApplicationLog.of(TokenIntrospector.class);

    /** What the introspection endpoint is called by RFC 7662 §2.1. */
    interface Endpoint {

        /** Given up when the answer is wanted no more. */
        FetchResult post(FormBody form, Map<String, String> headers, BooleanSupplier wanted);
    }

    private final IntrospectionSettings settings;
    private final Endpoint endpoint;
    private final IntrospectionResponseReader reader;
    private final Breaker breaker;
    private final Bulkhead bulkhead;
    private final Reminder rejections;
    private final Reminder refusals;
    private final Reminder hints;
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean rejected = new AtomicBoolean();

    /** Since the start or the last trouble no token was called alive: the endpoint may be set up wrongly. */
    private final AtomicBoolean doubting = new AtomicBoolean(true);

    TokenIntrospector(IntrospectionSettings settings, Endpoint endpoint, Bulkhead bulkhead, Clock clock) {
        this(settings, endpoint, bulkhead, breaker(settings.limits()), clock);
    }

    TokenIntrospector(
            IntrospectionSettings settings,
            Endpoint endpoint,
            Bulkhead bulkhead,
            CircuitBreaker<Object> breaker,
            Clock clock) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.bulkhead = bulkhead;
        this.breaker = new Breaker(breaker);
        this.reader = new IntrospectionResponseReader(settings.signedAnswers(), clock);
        this.rejections = Reminder.everyMinute(clock);
        this.refusals = Reminder.everyMinute(clock);
        this.hints = Reminder.everyMinute(clock);
    }

    static CircuitBreaker<Object> breaker(IntrospectionSettings.Limits limits) {
        return Breaker.circuit(limits.failureThreshold(), limits.pause());
    }

    /** The endpoint that the issuer's metadata name (RFC 8414 §2). */
    static Endpoint over(JsonHttpClient client, IssuerMetadata metadata) {
        return (form, headers, wanted) ->
                metadata.use("introspection_endpoint", wanted, place -> client.post(place, form, headers, wanted));
    }

    static Endpoint over(JsonHttpClient client, IntrospectionSettings settings) {
        return (form, headers, wanted) -> client.post(settings.endpoint(), form, headers, wanted);
    }

    /** Waits for its turn, at most a second, before it asks. */
    IntrospectionResponse introspect(AccessToken token) {
        try (Bulkhead.Place place = bulkhead.place()) {
            return switch (place.turn()) {
                case GIVEN -> askUnlessLeftAlone(token, place);
                case SILENT -> IntrospectionResponse.Failed.silent();
                case TOO_MANY -> new IntrospectionResponse.NotAsked("too many calls are under way");
            };
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new IntrospectionResponse.NotAsked("the call was broken off");
        }
    }

    private IntrospectionResponse askUnlessLeftAlone(AccessToken token, Bulkhead.Place place) {
        // Looked at before our own proof is made, which may cost a signature or a call; the permit is taken after it.
        if (breaker.leavesAlone()) {
            return leftAlone();
        }
        FormBody form = form(token);
        Optional<AuthenticatedRequest> request = authenticate(form);
        if (request.isEmpty()) {
            return new IntrospectionResponse.NotAsked("our own token for it cannot be had");
        }
        Breaker.Ending<IntrospectionResponse> ending = new Breaker.Ending<>(
                new IntrospectionResponse.Failed("the call was broken off", null),
                IntrospectionResponse.Failed.class::isInstance,
                this::report);
        return breaker.call(() -> askTwiceAtMost(form, request.get(), place), ending)
                .orElseGet(this::leftAlone);
    }

    private IntrospectionResponse leftAlone() {
        return new IntrospectionResponse.Failed(
                "it is left alone after failing", settings.limits().pause());
    }

    private FormBody form(AccessToken token) {
        FormBody form = FormBody.empty().with("token", token.value());
        if (!settings.parameters().containsKey("token_type_hint")) { // none is sent twice (RFC 6749 §3.2)
            form = form.with("token_type_hint", "access_token");
        }
        for (Map.Entry<String, String> parameter : settings.parameters().entrySet()) {
            form = form.with(parameter.getKey(), parameter.getValue());
        }
        return form;
    }

    private Optional<AuthenticatedRequest> authenticate(FormBody form) {
        return settings.authentication().authenticate(form, Map.of("Accept", reader.accept()));
    }

    /** Once more where our own token was not taken and another can be had: ours ends when the server says so. */
    private IntrospectionResponse askTwiceAtMost(FormBody form, AuthenticatedRequest request, Bulkhead.Place place) {
        IntrospectionResponse response = ask(request, place);
        boolean another = response instanceof IntrospectionResponse.ClientRejected
                && settings.authentication().rejected(request);
        Optional<AuthenticatedRequest> next = another ? authenticate(form) : Optional.empty();
        return next.isPresent() ? ask(next.get(), place) : response;
    }

    private IntrospectionResponse ask(AuthenticatedRequest request, Bulkhead.Place place) {
        return reader.read(place.call(
                () -> endpoint.post(request.form(), request.headers(), place::mayWait), FetchResult::isAnswer));
    }

    /**
     * One line per change of state; but a rejection of ours is repeated, because only we can end it. What a caller can
     * bring about changes no state, and fills no log.
     */
    private void report(IntrospectionResponse response) {
        trouble.set(troubleOf(response));
        if (response instanceof IntrospectionResponse.ClientRejected rejection) {
            rejected.set(true);
            reportRejection(rejection.status());
        } else if (response instanceof IntrospectionResponse.RequestRefused refused) {
            reportRefusal(refused.status());
        } else {
            boolean failed = response instanceof IntrospectionResponse.Failed;
            if (failing.compareAndSet(!failed, failed)) {
                reportChange(response);
            }
            if (!failed) {
                reportJudgement(response);
            }
        }
    }

    private static @Nullable String troubleOf(IntrospectionResponse response) {
        if (response instanceof IntrospectionResponse.ClientRejected rejection) {
            return "it rejects our own credentials: " + rejection.status();
        }
        if (response instanceof IntrospectionResponse.RequestRefused refused) {
            return "it refused the request: " + refused.status();
        }
        return response instanceof IntrospectionResponse.Failed failed ? failed.problem() : null;
    }

    /** What was wrong with the last answer; empty where nothing was. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Whether the endpoint is asked: one that was left alone for long enough is on trial with the next token. */
    IntrospectionStatus.Endpoint endpoint() {
        if (breaker.isClosed()) {
            return IntrospectionStatus.Endpoint.ASKED;
        }
        return breaker.leavesAlone() ? IntrospectionStatus.Endpoint.LEFT_ALONE : IntrospectionStatus.Endpoint.ON_TRIAL;
    }

    boolean credentialsRejected() {
        return rejected.get();
    }

    private void reportJudgement(IntrospectionResponse response) {
        if (rejected.compareAndSet(true, false)) {
            doubting.set(true);
            LOG.log(
                    INFO,
                    "GATE0307 the introspection endpoint {0} takes our own credentials again",
                    settings.endpoint());
        }
        if (response instanceof IntrospectionResponse.Active) {
            doubting.set(false);
        } else if (doubting.get() && hints.isDue()) {
            hint();
        }
    }

    private void reportChange(IntrospectionResponse response) {
        if (response instanceof IntrospectionResponse.Failed failed) {
            LOG.log(
                    WARNING,
                    "GATE0301 introspection at {0} fails: {1}; callers get 503. If it cannot work, look at {2}endpoint",
                    settings.endpoint(),
                    failed.problem(),
                    settings.properties());
        } else {
            doubting.set(true);
            LOG.log(INFO, "GATE0302 introspection at {0} works again", settings.endpoint());
        }
    }

    /** To its caller the token is dead, but the mistake may be ours. */
    private void hint() {
        LOG.log(
                INFO,
                "GATE0304 {0} says of a token that it is not active, and has called none active yet. If it should be:"
                        + " some servers (Keycloak) say so unless the client that asks is in the token''s"
                        + " \"aud\", or if they are asked under another host name than the one in \"iss\"",
                settings.endpoint());
    }

    private void reportRejection(int status) {
        if (rejections.isDue()) {
            LOG.log(
                    ERROR,
                    "GATE0303 the introspection endpoint {0} rejects our own credentials ({1}): check {2}client-id and"
                            + " {2}client-secret, or what else of {2}* says who we are; callers get 503 until then",
                    settings.endpoint(),
                    status,
                    settings.properties());
        }
    }

    private void reportRefusal(int status) {
        if (refusals.isDue()) {
            LOG.log(
                    WARNING,
                    "GATE0306 the introspection endpoint {0} refuses a request ({1}); its caller gets 503",
                    settings.endpoint(),
                    status);
        }
    }
}
