package io.gatehouse.introspection;

import static io.gatehouse.introspection.ScriptedEndpoint.json;
import static io.gatehouse.introspection.ScriptedEndpoint.outage;
import static io.gatehouse.introspection.ScriptedEndpoint.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.introspection.IntrospectionResponse.Active;
import io.gatehouse.introspection.IntrospectionResponse.ClientRejected;
import io.gatehouse.introspection.IntrospectionResponse.Failed;
import io.gatehouse.introspection.IntrospectionResponse.NotAsked;
import io.gatehouse.introspection.IntrospectionResponse.RequestRefused;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.jwt.SignedJwtVerifier;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenIntrospectorTest {

    private static final AccessToken TOKEN = AccessToken.of("s3cret-t0ken");
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final Limits PATIENT = new Limits(64, A_WHILE, 1_000_000, FOREVER);

    private final MutableClock clock = new MutableClock();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final CapturedLog log = new CapturedLog(TokenIntrospector.class);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private TokenIntrospector introspector(Limits limits) {
        return ScriptedEndpoint.introspector(
                ScriptedEndpoint.settings(CacheSettings.defaults(), limits), endpoint, clock);
    }

    @Nested
    class TheRequest {

        private RecordingServer.Request ask(String token, Map<String, String> parameters) {
            return ask(
                    token,
                    new ClientAuthentication.ClientSecretBasic(
                            "rs", "p%:s", ClientAuthentication.CredentialsEncoding.FORM),
                    parameters,
                    null);
        }

        private RecordingServer.Request ask(
                String token,
                ClientAuthentication authentication,
                Map<String, String> parameters,
                SignedAnswers signedAnswers) {
            try (RecordingServer server = RecordingServer.saying("{\"active\":true}");
                    JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
                IntrospectionSettings settings = new IntrospectionSettings(
                        server.uri("/introspect"),
                        authentication,
                        parameters,
                        signedAnswers,
                        CacheSettings.defaults(),
                        Limits.defaults());
                ScriptedEndpoint.introspector(settings, TokenIntrospector.over(client, settings), clock)
                        .introspect(AccessToken.of(token));
                return server.only();
            }
        }

        @Test
        void isThatOfTheStandard() {
            RecordingServer.Request request = ask("2YotnFZFEjr1zCsicMWpAA", Map.of());

            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/introspect");
            assertThat(request.body()).isEqualTo("token=2YotnFZFEjr1zCsicMWpAA&token_type_hint=access_token");
            assertThat(request.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(request.header("Content-length"))
                    .isEqualTo(String.valueOf(request.body().length()));
            assertThat(request.header("Transfer-encoding")).isNull();
            assertThat(request.header("Accept")).isEqualTo("application/json");
            assertThat(request.header("Authorization")).isEqualTo("Basic cnM6cCUyNSUzQXM="); // rs:p%25%3As
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a+b/c==",
                    "a&token=b",
                    "a=b",
                    "%41%2B",
                    "a b",
                    "\u00fc\u20ac\ud83d\ude00",
                    "a\r\nX-Evil: 1",
                    "{\"a\":\"b\"}",
                    "a#b?c;d",
                    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2V2aWwuZXhhbXBsZSJ9."
                })
        void hasTheTokenOnceAndByteForByte(String token) {
            RecordingServer.Request request = ask(token, Map.of());

            assertThat(request.form())
                    .containsExactly(entry("token", List.of(token)), entry("token_type_hint", List.of("access_token")));
            assertThat(request.body()).matches("[A-Za-z0-9%+=&_.*-]*");
            assertThat(request.target()).isEqualTo("/introspect");
            assertThat(request.headers()).doesNotContainKey("X-evil");
        }

        @Test
        void hasTheConfiguredParameters() {
            RecordingServer.Request request = ask("t", Map.of("include", "identity_set", "a&b", "c=d \u00e9"));

            assertThat(request.form())
                    .containsOnly(
                            entry("token", List.of("t")),
                            entry("token_type_hint", List.of("access_token")),
                            entry("include", List.of("identity_set")),
                            entry("a&b", List.of("c=d \u00e9")));
        }

        /** RFC 6749 §3.2: a parameter is not sent twice. */
        @Test
        void letsTheConfigurationSayAnotherHint() {
            assertThat(ask("t", Map.of("token_type_hint", "requesting_party_token"))
                            .form())
                    .containsOnly(
                            entry("token", List.of("t")), entry("token_type_hint", List.of("requesting_party_token")));
        }

        @Test
        void provesWhoWeAreInTheForm() {
            ClientAuthentication post = new ClientAuthentication.ClientSecretPost("rs", "p%:s \u00fc");

            RecordingServer.Request request = ask("t", post, Map.of(), null);

            assertThat(request.form())
                    .contains(entry("client_id", List.of("rs")), entry("client_secret", List.of("p%:s \u00fc")));
            assertThat(request.header("Authorization")).isNull();
        }

        @Test
        void asksForSignedAnswersWhereConfigured() {
            SignedAnswers signed = new SignedAnswers(
                    new SignedJwtVerifier(
                            "token-introspection+jwt", kid -> new KeyLookup.NotFound(), KeyPolicy.strict()),
                    TestTokens.ISSUER,
                    "rs");
            ClientAuthentication bearer =
                    new ClientAuthentication.Bearer(() -> Optional.of("our-own"), refused -> false);

            RecordingServer.Request request = ask("t", bearer, Map.of(), signed);

            assertThat(request.header("Accept")).isEqualTo("application/token-introspection+jwt");
            assertThat(request.header("Authorization")).isEqualTo("Bearer our-own");
        }

        @Test
        void isNotSentWithoutOurOwnToken() {
            AtomicInteger calls = new AtomicInteger();
            IntrospectionSettings settings = new IntrospectionSettings(
                    ScriptedEndpoint.URL,
                    new ClientAuthentication.Bearer(Optional::empty, refused -> false),
                    Map.of(),
                    null,
                    CacheSettings.defaults(),
                    PATIENT);
            TokenIntrospector introspector = ScriptedEndpoint.introspector(
                    settings,
                    (form, headers, wanted) -> {
                        calls.incrementAndGet();
                        return outage();
                    },
                    clock);

            assertThat(introspector.introspect(TOKEN)).isEqualTo(new NotAsked("our own token for it cannot be had"));
            assertThat(calls).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void isNotSentToWhereARedirectPoints(int status) {
            try (RecordingServer canary = RecordingServer.saying("{\"active\":true}");
                    RecordingServer server = new RecordingServer(
                            request -> new RecordingServer.Answer(status, "application/json", "{\"active\":true}"));
                    JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
                server.redirectTo(canary.uri("/introspect/"));
                IntrospectionSettings settings = new IntrospectionSettings(
                        server.uri("/introspect"),
                        new ClientAuthentication.ClientSecretPost("rs", "secret"),
                        Map.of(),
                        null,
                        CacheSettings.defaults(),
                        Limits.defaults());

                assertThat(ScriptedEndpoint.introspector(settings, TokenIntrospector.over(client, settings), clock)
                                .introspect(TOKEN))
                        .isInstanceOf(Failed.class);
                assertThat(canary.requests()).isEmpty();
                assertThat(server.requests()).hasSize(1);
                assertThat(log.messages(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("slash");
            }
        }
    }

    @Nested
    class TheCircuitBreaker {

        private CircuitBreaker<Object> breaker;

        /** Real time, which the breaker goes by, is not waited for: the test says when the pause is over. */
        private TokenIntrospector leftAlone(int failures) {
            Limits limits = new Limits(10, A_WHILE, failures, FOREVER);
            breaker = TokenIntrospector.breaker(limits);
            TokenIntrospector introspector =
                    introspector(new ClientAuthentication.Bearer(() -> Optional.of("own"), refused -> false), limits);
            endpoint.answers(outage());
            for (int i = 0; i < failures; i++) {
                introspector.introspect(TOKEN);
            }
            return introspector;
        }

        private TokenIntrospector introspector(ClientAuthentication authentication, Limits limits) {
            IntrospectionSettings settings = new IntrospectionSettings(
                    ScriptedEndpoint.URL, authentication, Map.of(), null, CacheSettings.defaults(), limits);
            return new TokenIntrospector(settings, endpoint, Bulkhead.of(limits.ofThreads(), clock), breaker, clock);
        }

        private TokenIntrospector introspector(Limits limits) {
            return TokenIntrospectorTest.this.introspector(limits);
        }

        @Test
        void opensAfterSoManyFailuresInARow() {
            TokenIntrospector introspector = introspector(new Limits(10, Duration.ofSeconds(2), 3, FOREVER));
            endpoint.answers(outage());
            for (int i = 0; i < 3; i++) {
                introspector.introspect(TOKEN);
            }
            assertThat(endpoint.calls()).isEqualTo(3);

            endpoint.answers("{\"active\":true}");
            assertThat(introspector.introspect(TOKEN)).isEqualTo(new Failed("it is left alone after failing", FOREVER));
            assertThat(endpoint.calls()).isEqualTo(3);
        }

        @Test
        void countsFailuresInARowOnly() {
            TokenIntrospector introspector = introspector(new Limits(10, Duration.ofSeconds(2), 3, FOREVER));
            for (int i = 0; i < 20; i++) {
                endpoint.answers(i % 3 == 2 ? json("{\"active\":true}") : outage());
                introspector.introspect(TOKEN);
            }

            assertThat(endpoint.calls()).isEqualTo(20);
        }

        @Test
        void closesWhenTheServerAnswersAgain() {
            TokenIntrospector introspector = leftAlone(3);
            endpoint.answers("{\"active\":true}");
            breaker.halfOpen();

            for (int i = 0; i < 10; i++) {
                assertThat(introspector.introspect(TOKEN)).isInstanceOf(Active.class);
            }
        }

        @Test
        void staysOpenWhileTheServerFails() {
            TokenIntrospector introspector = leftAlone(3);
            breaker.halfOpen();
            introspector.introspect(TOKEN);
            assertThat(endpoint.calls()).as("one more").isEqualTo(4);

            for (int i = 0; i < 10; i++) {
                assertThat(introspector.introspect(TOKEN)).isInstanceOf(Failed.class);
            }
            assertThat(endpoint.calls()).as("and no other").isEqualTo(4);
        }

        @Test
        void letsACallThroughByItselfWhenThePauseIsOver() {
            TokenIntrospector introspector = introspector(new Limits(10, A_WHILE, 1, Duration.ofMillis(1)));
            endpoint.answers(outage());
            introspector.introspect(TOKEN);
            endpoint.answers("{\"active\":true}");

            IntrospectionResponse response = introspector.introspect(TOKEN);
            while (!(response instanceof Active)) { // until the real time of the breaker has gone on by a millisecond
                response = introspector.introspect(TOKEN);
            }
            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Active.class);
        }

        @Test
        void isNotTouchedWhereOurOwnTokenIsMissing() {
            AtomicReference<Optional<String>> own = new AtomicReference<>(Optional.empty());
            breaker = TokenIntrospector.breaker(new Limits(10, A_WHILE, 1, FOREVER));
            TokenIntrospector introspector = introspector(
                    new ClientAuthentication.Bearer(own::get, refused -> false), new Limits(10, A_WHILE, 1, FOREVER));
            breaker.halfOpen();
            for (int i = 0; i < 10; i++) {
                introspector.introspect(TOKEN);
            }
            own.set(Optional.of("here it is"));

            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Active.class);
        }

        @Test
        void keepsUsFromMakingProofsForNothing() {
            AtomicInteger proofs = new AtomicInteger();
            breaker = TokenIntrospector.breaker(new Limits(10, A_WHILE, 1, FOREVER));
            TokenIntrospector introspector = introspector(
                    new ClientAuthentication.PrivateKeyJwt("rs", () -> "assertion " + proofs.incrementAndGet()),
                    new Limits(10, A_WHILE, 1, FOREVER));
            endpoint.answers(outage());
            for (int i = 0; i < 10; i++) {
                introspector.introspect(TOKEN);
            }

            assertThat(proofs).hasValue(1);
        }

        @Test
        void sendsOneCallToFindOutWhetherTheServerIsBack() throws Exception {
            TokenIntrospector introspector = leftAlone(5);
            breaker.halfOpen();
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            endpoint.does(() -> {
                asked.countDown();
                await(release);
                return json("{\"active\":true}");
            });
            Thread first = new Thread(() -> introspector.introspect(TOKEN));
            first.start();
            asked.await();

            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Failed.class);
            assertThat(endpoint.calls()).isEqualTo(6);

            release.countDown();
            first.join();
            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Active.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 413, 414, 422, 431})
        void doesNotOpenForWhatACallerOrWeBroughtAbout(int status) {
            TokenIntrospector introspector = introspector(new Limits(10, Duration.ofSeconds(2), 3, FOREVER));
            endpoint.answers(status(status));
            for (int i = 0; i < 20; i++) {
                introspector.introspect(TOKEN);
            }

            endpoint.answers("{\"active\":true}");
            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Active.class);
        }

        @Test
        void doesNotOpenForDeadTokens() {
            TokenIntrospector introspector = introspector(new Limits(10, Duration.ofSeconds(2), 3, FOREVER));
            endpoint.answers("{\"active\":false}");
            for (int i = 0; i < 20; i++) {
                introspector.introspect(TOKEN);
            }

            assertThat(endpoint.calls()).isEqualTo(20);
        }

        @Test
        void countsAnEndpointThatBreaks() {
            TokenIntrospector introspector = introspector(new Limits(10, Duration.ofSeconds(2), 1, FOREVER));
            endpoint.does(() -> {
                throw new IllegalStateException("broken");
            });
            try {
                introspector.introspect(TOKEN);
            } catch (IllegalStateException broken) {
                // that is what it did
            }
            endpoint.answers("{\"active\":true}");

            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Failed.class);
            assertThat(endpoint.calls()).isEqualTo(1);
        }
    }

    @Nested
    class TheBulkhead {

        private final ExecutorService threads = Executors.newCachedThreadPool();

        @AfterEach
        void stop() {
            threads.shutdownNow();
        }

        @Test
        void letsSoManyCallsRunAtOnceAndNoMore() throws Exception {
            TokenIntrospector introspector = introspector(new Limits(2, Duration.ofSeconds(2), 1_000_000, FOREVER));
            CountDownLatch running = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            endpoint.does(() -> {
                running.countDown();
                await(release);
                return json("{\"active\":true}");
            });
            List<Future<IntrospectionResponse>> stalled = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                stalled.add(threads.submit(() -> introspector.introspect(TOKEN)));
            }
            running.await();

            assertThat(introspector.introspect(TOKEN)).isEqualTo(new NotAsked("too many calls are under way"));
            assertThat(endpoint.calls()).isEqualTo(2);

            release.countDown();
            for (Future<IntrospectionResponse> call : stalled) {
                assertThat(call.get()).isInstanceOf(Active.class);
            }
            assertThat(introspector.introspect(TOKEN)).isInstanceOf(Active.class);
        }

        @Test
        void givesUpCallsThatASilentServerDoesNotAnswer() throws Exception {
            int few = Math.max(2, Runtime.getRuntime().availableProcessors());
            TokenIntrospector introspector = introspector(new Limits(few + 5, A_WHILE, 5, FOREVER));
            CountDownLatch running = new CountDownLatch(few + 5);
            CountDownLatch release = new CountDownLatch(1);
            endpoint.doesWhile(wanted -> {
                running.countDown();
                while (release.getCount() > 0) {
                    if (!wanted.getAsBoolean()) {
                        return outage();
                    }
                    Thread.onSpinWait();
                }
                return json("{\"active\":true}");
            });
            List<Future<IntrospectionResponse>> calls = new ArrayList<>();
            for (int i = 0; i < few + 5; i++) {
                calls.add(threads.submit(() -> introspector.introspect(TOKEN)));
            }
            running.await();
            clock.advance(A_WHILE);
            while (calls.stream().filter(Future::isDone).count() < 5) {
                Thread.onSpinWait();
            }

            assertThat(introspector.introspect(TOKEN))
                    .as("the server is left alone")
                    .isInstanceOf(Failed.class);
            assertThat(endpoint.calls()).isEqualTo(few + 5);

            release.countDown();
            List<IntrospectionResponse> responses = new ArrayList<>();
            for (Future<IntrospectionResponse> call : calls) {
                responses.add(call.get());
            }
            assertThat(responses).filteredOn(Failed.class::isInstance).hasSize(5);
            assertThat(responses).filteredOn(Active.class::isInstance).hasSize(few);
        }

        @Test
        void givesThePlaceBackWhenACallBreaks() {
            TokenIntrospector introspector = introspector(new Limits(1, Duration.ofSeconds(2), 1_000_000, FOREVER));
            endpoint.does(() -> {
                throw new IllegalStateException("broken");
            });
            for (int i = 0; i < 3; i++) {
                try {
                    introspector.introspect(TOKEN);
                } catch (IllegalStateException broken) {
                    // that is what it did
                }
            }

            assertThat(endpoint.calls()).isEqualTo(3);
        }

        @Test
        void letsAnInterruptedThreadGo() throws Exception {
            TokenIntrospector introspector = introspector(new Limits(1, Duration.ofSeconds(2), 1_000_000, FOREVER));
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            endpoint.does(() -> {
                running.countDown();
                await(release);
                return json("{\"active\":true}");
            });
            threads.submit(() -> introspector.introspect(TOKEN));
            running.await();

            Thread.currentThread().interrupt();
            assertThat(introspector.introspect(TOKEN)).isInstanceOf(NotAsked.class);
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @Nested
    class TheLog {

        @Test
        void saysOnceThatTheServerFailsAndOnceThatItWorksAgain() {
            TokenIntrospector introspector = introspector(PATIENT);
            introspector.introspect(TOKEN);
            for (int round = 0; round < 2; round++) {
                endpoint.answers(outage());
                introspector.introspect(TOKEN);
                endpoint.answers(status(500));
                introspector.introspect(TOKEN);
                endpoint.answers("{\"active\":true}");
                introspector.introspect(TOKEN);
                introspector.introspect(TOKEN);
            }

            assertThat(log.messages(Level.WARNING)).hasSize(2).allSatisfy(message -> assertThat(message)
                    .isEqualTo("GATE0301 introspection at https://issuer.example/introspect fails: connect timeout;"
                            + " callers get 503. If it cannot work, look at gatehouse.introspection.endpoint"));
            assertThat(log.messages(Level.INFO)).hasSize(2).allSatisfy(message -> assertThat(message)
                    .isEqualTo("GATE0302 introspection at https://issuer.example/introspect works again"));
        }

        @Test
        void saysOnceWhatManySee() throws Exception {
            TokenIntrospector introspector = introspector(PATIENT);
            CyclicBarrier together = new CyclicBarrier(64);
            endpoint.does(() -> {
                try {
                    together.await();
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
                return outage();
            });
            ExecutorService threads = Executors.newFixedThreadPool(64);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                calls.add(threads.submit(() -> introspector.introspect(TOKEN)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            threads.shutdownNow();

            assertThat(log.messages(Level.WARNING)).hasSize(1);
        }

        @Test
        void remindsOnceAMinuteThatWeAreRejected() {
            TokenIntrospector introspector = introspector(PATIENT);
            endpoint.answers(status(401));
            for (int second = 0; second < 120; second++) {
                assertThat(introspector.introspect(TOKEN)).isEqualTo(new ClientRejected(401));
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(log.messages(Level.SEVERE)).hasSize(2).allSatisfy(message -> assertThat(message)
                    .contains("GATE0303", "https://issuer.example/introspect", "our own credentials", "401"));
            assertThat(log.messages(Level.WARNING)).isEmpty();

            introspector.introspect(TOKEN);
            assertThat(log.messages(Level.SEVERE)).hasSize(3);
        }

        @Test
        void saysOnceThatWeAreTakenAgain() {
            TokenIntrospector introspector = introspector(PATIENT);
            endpoint.answers(status(401));
            introspector.introspect(TOKEN);
            endpoint.answers(status(413));
            introspector.introspect(TOKEN);
            endpoint.answers(status(500));
            introspector.introspect(TOKEN);
            assertThat(log.messages(Level.INFO)).isEmpty();

            endpoint.answers("{\"active\":true}");
            introspector.introspect(TOKEN);
            introspector.introspect(TOKEN);
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "GATE0302 introspection at https://issuer.example/introspect works again",
                            "GATE0307 the introspection endpoint https://issuer.example/introspect takes our own"
                                    + " credentials again");
        }

        @Test
        void isNotFloodedByRequestsThatTheServerRefuses() {
            TokenIntrospector introspector = introspector(PATIENT);
            for (int second = 0; second < 120; second++) {
                endpoint.answers(status(413));
                assertThat(introspector.introspect(TOKEN)).isEqualTo(new RequestRefused(413));
                endpoint.answers("{\"active\":true}");
                introspector.introspect(TOKEN);
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(log.messages(Level.WARNING)).hasSize(2).allSatisfy(message -> assertThat(message)
                    .contains("GATE0306", "413"));
            assertThat(log.messages(Level.INFO)).isEmpty();
        }

        @Test
        void holdsNoTokenAndNoSecret() {
            TokenIntrospector introspector = introspector(PATIENT);
            for (int status : List.of(200, 301, 400, 401, 403, 413, 500)) {
                endpoint.answers(status(status));
                introspector.introspect(TOKEN);
            }
            endpoint.answers("{\"active\":true,\"sub\":\"alice\"}");
            introspector.introspect(TOKEN);

            assertThat(log.everything()).contains("GATE").doesNotContain(TOKEN.value(), "our-own-token", "alice");
        }
    }

    @Nested
    class ARejection {

        private final List<String> discarded = new ArrayList<>();
        private volatile String own = "first";
        private volatile boolean renewable = true;

        private boolean discard(String refused) {
            discarded.add(refused);
            own = "second";
            return renewable;
        }

        private TokenIntrospector introspector() {
            IntrospectionSettings settings = new IntrospectionSettings(
                    ScriptedEndpoint.URL,
                    new ClientAuthentication.Bearer(() -> Optional.of(own), this::discard),
                    Map.of(),
                    null,
                    CacheSettings.defaults(),
                    PATIENT);
            return ScriptedEndpoint.introspector(settings, endpoint, clock);
        }

        @Test
        void isToldToOurOwnToken() {
            TokenIntrospector introspector = introspector();
            endpoint.answers("{\"active\":false}");
            introspector.introspect(TOKEN);
            endpoint.answers(status(500));
            introspector.introspect(TOKEN);
            assertThat(discarded).isEmpty();

            endpoint.answers(status(401));
            introspector.introspect(TOKEN);
            assertThat(discarded).containsExactly("first");
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void costsNoCallerAnythingWhereAnotherTokenIsTaken(int status) {
            endpoint.does(() -> own.equals("first") ? status(status) : json("{\"active\":true}"));

            assertThat(introspector().introspect(TOKEN)).isInstanceOf(Active.class);
            assertThat(endpoint.calls()).isEqualTo(2);
            assertThat(log.messages(Level.SEVERE)).isEmpty();
        }

        @Test
        void isNotAnsweredMoreThanOnce() {
            endpoint.answers(status(401));

            assertThat(introspector().introspect(TOKEN)).isEqualTo(new ClientRejected(401));
            assertThat(endpoint.calls()).isEqualTo(2);
            assertThat(log.messages(Level.SEVERE)).hasSize(1);
        }

        @Test
        void isFinalWhereThereIsNoOtherToken() {
            renewable = false;
            endpoint.answers(status(401));

            assertThat(introspector().introspect(TOKEN)).isEqualTo(new ClientRejected(401));
            assertThat(endpoint.calls()).isEqualTo(1);
        }
    }
}
