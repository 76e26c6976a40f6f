package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClientCredentialsTokenTest {

    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger issued = new AtomicInteger();
    private volatile String lifetime = "\"expires_in\":3600";
    private final RecordingServer server = new RecordingServer(request -> goodAnswer());
    private final JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults());
    private final Queue<Runnable> behind = new ArrayDeque<>();
    private final CapturedLog log = new CapturedLog(ClientCredentialsToken.class);
    private final ClientCredentialsToken token = token(behind::add);

    @AfterEach
    void close() {
        client.close();
        server.close();
        log.close();
    }

    private Answer goodAnswer() {
        return Answer.json(
                "{\"access_token\":\"t" + issued.incrementAndGet() + "\",\"token_type\":\"Bearer\"," + lifetime + "}");
    }

    private ClientCredentialsToken token(Executor executor) {
        return token("introspection", executor);
    }

    private ClientCredentialsToken token(String scope, Executor executor) {
        return new ClientCredentialsToken(
                server.uri("/token"),
                new ClientAuthentication.ClientSecretPost("rs", "s3cret"),
                scope,
                client,
                clock,
                executor);
    }

    private int fetches() {
        return server.requests().size();
    }

    @Nested
    class TheRequest {

        @Test
        void isThatOfTheStandard() {
            assertThat(fetches()).as("nothing before the first need").isZero();
            assertThat(token.get()).hasValue("t1");

            assertThat(server.only().method()).isEqualTo("POST");
            assertThat(server.only().target()).isEqualTo("/token");
            assertThat(server.only().header("Accept")).isEqualTo("application/json");
            assertThat(server.only().form())
                    .containsOnly(
                            entry("grant_type", List.of("client_credentials")),
                            entry("scope", List.of("introspection")),
                            entry("client_id", List.of("rs")),
                            entry("client_secret", List.of("s3cret")));
        }

        @Test
        void namesNoScopeWhereNoneIsConfigured() {
            token(null, behind::add).get();

            assertThat(server.only().form()).doesNotContainKey("scope");
        }
    }

    @Nested
    class AToken {

        @ParameterizedTest
        @CsvSource({"3600,60", "300,60", "100,20", "10,2"})
        void isFreshThenStaleThenExpired(int seconds, int early) {
            lifetime = "\"expires_in\":" + seconds;
            token.get();

            clock.advance(Duration.ofSeconds(seconds - early).minus(MOMENT));
            assertThat(token.get()).as("fresh").hasValue("t1");
            assertThat(behind).isEmpty();

            clock.advance(MOMENT);
            assertThat(token.get()).as("stale").hasValue("t1");
            assertThat(token.get()).as("stale").hasValue("t1");
            assertThat(behind).as("one renewal behind").hasSize(1);
            assertThat(fetches()).isEqualTo(1);

            clock.advance(Duration.ofSeconds(early).minus(MOMENT));
            assertThat(token.get()).as("still stale").hasValue("t1");

            behind.remove().run();
            assertThat(fetches()).isEqualTo(2);
            assertThat(token.get()).as("renewed").hasValue("t2");
        }

        @Test
        void thatHasExpiredIsReplacedBeforeAnybodyGetsOne() {
            token.get();
            clock.advance(Duration.ofSeconds(3600));

            assertThat(token.get()).hasValue("t2");
            assertThat(fetches()).isEqualTo(2);
        }

        @Test
        void isGoodUntilItsLastMomentWhenItCannotBeRenewed() {
            token.get();
            server.answerWith(request -> new Answer(500, "text/plain", ""));
            clock.advance(Duration.ofSeconds(3600).minus(MOMENT));
            token.get();
            behind.remove().run();

            assertThat(token.get()).hasValue("t1");
            assertThat(behind).as("nobody asks in the pause").isEmpty();
            clock.advance(MOMENT);
            assertThat(token.get()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"x\":1", "\"expires_in\":\"3600\"", "\"expires_in\":null", "\"expires_in\":[1]"})
        void withoutALifetimeLastsFiveMinutes(String said) {
            lifetime = said;
            token.get();
            clock.advance(Duration.ofMinutes(5).minus(MOMENT));
            assertThat(token.get()).hasValue("t1");

            assertThat(fetches()).isEqualTo(1);

            behind.remove().run();
            clock.advance(MOMENT);
            assertThat(token.get()).hasValue("t2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-9223372036854775808", "1", "1.9"})
        void ofNoLifetimeLastsASecond(String seconds) {
            lifetime = "\"expires_in\":" + seconds;
            token.get();
            clock.advance(Duration.ofSeconds(1).minus(MOMENT));
            assertThat(token.get()).hasValue("t1");

            clock.advance(MOMENT);
            assertThat(token.get()).hasValue("t2");
            assertThat(fetches()).isEqualTo(2);
        }
    }

    @Nested
    class AnAnswer {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[]",
                    "null",
                    "{\"access_token\":null}",
                    "{\"access_token\":1}",
                    "{\"access_token\":\"\"}",
                    "{\"access_token\":\"a b\"}",
                    "{\"access_token\":\"a\\r\\nX-Evil: 1\"}",
                    "{\"access_token\":\"\\u00e9\"}",
                    "{\"access_token\":\"a\",\"access_token\":\"b\"}",
                    "{\"access_token\":\"a\"",
                    "{\"error\":\"invalid_client\"}"
                })
        void withoutATokenIsNone(String body) {
            server.answerWith(request -> Answer.json(body));

            assertThat(token.get()).isEmpty();
            assertThat(log.messages(Level.WARNING)).singleElement().asString().contains("GATE0402", "no access token");
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 302, 400, 401, 403, 500, 503})
        void ofAnotherStatusIsNone(int status) {
            server.answerWith(request -> new Answer(status, "application/json", "{\"access_token\":\"a\"}"));

            assertThat(token.get()).isEmpty();
            assertThat(log.messages(Level.WARNING)).singleElement().asString().contains(String.valueOf(status));
        }
    }

    @Nested
    class AfterAFailure {

        @Test
        void nobodyAsksUntilThePauseIsOver() {
            server.answerWith(request -> new Answer(503, "text/plain", ""));
            assertThat(token.get()).isEmpty();
            server.answerWith(request -> goodAnswer());
            clock.advance(PAUSE.minus(MOMENT));
            for (int i = 0; i < 100; i++) {
                assertThat(token.get()).isEmpty();
            }
            assertThat(fetches()).isEqualTo(1);

            clock.advance(MOMENT);
            assertThat(token.get()).hasValue("t1");
        }

        @Test
        void theLogIsWrittenOncePerChangeOfState() {
            server.answerWith(request -> new Answer(503, "text/plain", ""));
            for (int i = 0; i < 10; i++) {
                token.get();
                clock.advance(PAUSE);
            }
            assertThat(fetches()).isEqualTo(10);
            assertThat(log.messages(Level.WARNING)).hasSize(1);

            server.answerWith(request -> goodAnswer());
            token.get();
            assertThat(log.messages(Level.INFO)).hasSize(1);
        }
    }

    @Nested
    class ADiscardedToken {

        @Test
        void isReplaced() {
            token.get();

            assertThat(token.discard("t1")).isTrue();
            assertThat(token.get()).hasValue("t2");
        }

        @Test
        void isNotReplacedAgainBeforeThePauseIsOver() {
            token.get();
            token.discard("t1");
            token.get();
            clock.advance(PAUSE.minus(MOMENT));
            assertThat(token.discard("t2")).isFalse();
            assertThat(token.get()).hasValue("t2");

            clock.advance(MOMENT);
            assertThat(token.discard("t2")).isTrue();
            assertThat(token.get()).hasValue("t3");
        }

        /** Fifty calls with the old token come back one after the other; only the first is news. */
        @Test
        void doesNotTakeItsSuccessorAlong() {
            token.get();
            token.discard("t1");
            assertThat(token.get()).hasValue("t2");

            for (int i = 0; i < 50; i++) {
                clock.advance(PAUSE);
                assertThat(token.discard("t1")).as("the next one is another").isTrue();
                assertThat(token.get()).hasValue("t2");
            }
            assertThat(fetches()).isEqualTo(2);
        }

        @Test
        void thatNobodyEverTakesIsNoFloodOfRequests() {
            for (int i = 0; i < 1000; i++) {
                token.discard(token.get().orElseThrow());
                clock.advance(Duration.ofMillis(100));
            }

            assertThat(fetches())
                    .as("one more at once, then one in five seconds")
                    .isEqualTo(21);
        }
    }

    @Nested
    class ManyAtOnce {

        @Test
        void makeOneRequest() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            server.answerWith(request -> {
                await(release);
                return goodAnswer();
            });
            List<Optional<String>> got = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                threads.add(new Thread(() -> got.add(token.get())));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.sleep(1);
                }
            }
            release.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(got).isEqualTo(Collections.nCopies(64, Optional.of("t1")));
            assertThat(fetches()).isEqualTo(1);
        }

        /** The threads behind are being shut down just when somebody needs what they were to bring. */
        @Test
        void areLetGoWhenTheRenewalBehindIsRefused() throws Exception {
            List<Optional<String>> got = new CopyOnWriteArrayList<>();
            List<Thread> waiting = new ArrayList<>();
            ClientCredentialsToken[] closing = new ClientCredentialsToken[1];
            closing[0] = token(task -> {
                closing[0].discard("t1");
                Thread waiter = new Thread(() -> got.add(closing[0].get()));
                waiter.start();
                waiting.add(waiter);
                throw new RejectedExecutionException("closing");
            });
            closing[0].get();
            clock.advance(Duration.ofSeconds(3600).minus(MOMENT));
            closing[0].get();

            assertThat(waiting).hasSize(1);
            waiting.get(0).join();
            assertThat(got).singleElement().isIn(Optional.of("t1"), Optional.of("t2"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @Test
    void hidesTheQueryOfTheEndpoint() {
        ClientCredentialsToken other = new ClientCredentialsToken(
                server.uri("/token?key=s3cret"),
                new ClientAuthentication.ClientSecretPost("rs", "x"),
                null,
                client,
                clock,
                Runnable::run);
        other.get();
        server.answerWith(request -> RecordingServer.Answer.json("{}"));
        clock.advance(Duration.ofDays(1));
        other.get();

        assertThat(log.everything()).contains("GATE0401", "GATE0402", "/token");
        assertThat(other + log.everything()).doesNotContain("s3cret");
        assertThat(server.requests().get(0).target()).isEqualTo("/token?key=s3cret");
    }

    @Test
    void hidesTokenAndSecret() {
        token.get();

        assertThat(token.toString() + log.everything()).doesNotContain("t1", "s3cret");
        assertThat(token.toString()).contains("/token");
    }
}
