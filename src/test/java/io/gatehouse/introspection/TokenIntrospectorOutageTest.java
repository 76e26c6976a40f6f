package io.gatehouse.introspection;

import static io.gatehouse.introspection.ScriptedEndpoint.json;
import static io.gatehouse.introspection.ScriptedEndpoint.outage;
import static io.gatehouse.introspection.ScriptedEndpoint.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.introspection.IntrospectionResponse.Active;
import io.gatehouse.introspection.IntrospectionResponse.Failed;
import io.gatehouse.introspection.IntrospectionResponse.NotAsked;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer that fails is left alone, and one that is silent does not keep everybody waiting. */
@Timeout(60)
class TokenIntrospectorOutageTest extends TokenIntrospectorFixture {

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
            return TokenIntrospectorOutageTest.this.introspector(limits);
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
}
