package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.RSA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.testing.TestKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How keys get here, and what is told about them. */
@Timeout(30)
class RemoteJwkSetTest extends RemoteJwkSetFixture {

    @Test
    void needsNoIoToBeMade() {
        VerificationKeys keys = VerificationKeys.remote(
                LOCATION,
                JsonHttpClient.create(HttpSettings.defaults()),
                KeyPolicy.strict(),
                RemoteJwkSetSettings.defaults(),
                clock,
                task -> {
                    throw new AssertionError("a fetch");
                });

        assertThat(keys).hasToString("RemoteJwkSet[" + LOCATION + "]");
    }

    @Nested
    class FirstFetch {

        @Test
        void comesWithTheFirstLookupOnly() {
            RemoteJwkSet set = set();
            assertFetches(0);

            assertFound(set.lookup("a"));
            assertFound(set.lookup("a"));
            assertFound(set.lookup(null));
            assertFetches(1);
        }

        @Test
        void isOneForAllThreads() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = set(executor);

            List<KeyLookup> answers = inThreads(16, () -> set.lookup("a"), () -> {
                executor.awaitWork();
                executor.run();
            });

            assertThat(answers).hasSize(16).allMatch(KeyLookup.Found.class::isInstance);
            assertThat(executor.size()).isZero();
            assertFetches(1);
        }

        @Test
        void thatFailsIsNotRepeatedWithinTheCooldown() {
            issuer.answer = outage();
            RemoteJwkSet set = set();

            for (int second = 0; second < 10; second++) {
                assertUnavailable(set.lookup("a"));
                clock.advance(Duration.ofSeconds(1));
            }
            assertFetches(1);

            issuer.answer = keys("a");
            assertFound(set.lookup("a"));
            assertFetches(2);
        }

        @Test
        void forAKeyThatIsNotThereIsNotFollowedByASecondOne() {
            assertThat(set().lookup("x")).isEqualTo(new KeyLookup.NotFound());
            assertFetches(1);
        }

        private List<KeyLookup> inThreads(int threads, Callable<KeyLookup> lookup, Runnable meanwhile)
                throws Exception {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                CountDownLatch ready = new CountDownLatch(threads);
                List<Future<KeyLookup>> futures = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    futures.add(pool.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return lookup.call();
                    }));
                }
                meanwhile.run();
                List<KeyLookup> answers = new ArrayList<>();
                for (Future<KeyLookup> future : futures) {
                    answers.add(future.get());
                }
                return answers;
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Nested
    class Status {

        @Test
        void isThatOfASetNobodyHasAskedFor() {
            assertThat(KeySetStatus.of(set()))
                    .contains(new KeySetStatus(LOCATION, true, 0, null, null, null, clock.instant()));
        }

        @Test
        void tellsOfSuccessAndFailure() {
            Instant start = clock.instant();
            RemoteJwkSet set = set();
            issuer.answer = keys("a", "b");
            set.lookup("a");
            issuer.answer = outage();
            clock.advance(REFRESH);
            set.lookup("a");

            Instant failed = start.plus(REFRESH);
            assertThat(set.status())
                    .isEqualTo(new KeySetStatus(
                            LOCATION, false, 2, start, "connect timeout", failed, failed.plus(COOLDOWN)));
        }

        @Test
        void isNoneOfKeysThatAreNotRemote() throws Exception {
            assertThat(KeySetStatus.of(VerificationKeys.parse(TestKeys.pem(RSA.getPublic()), KeyPolicy.strict())))
                    .isEmpty();
        }
    }

    @Test
    void takesPemWhereAnIssuerOffersNothingElse() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", exchange -> {
            boolean taken = exchange.getRequestHeaders().getFirst("Accept").contains("*/*");
            byte[] body = TestKeys.pem(RSA.getPublic()).getBytes(UTF_8);
            exchange.sendResponseHeaders(taken ? 200 : 406, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        try (JsonHttpClient client = JsonHttpClient.create(HttpSettings.defaults())) {
            URI location = URI.create("http://localhost:" + issuer.getAddress().getPort() + "/key.pem");
            VerificationKeys keys = VerificationKeys.remote(
                    location, client, KeyPolicy.strict(), RemoteJwkSetSettings.defaults(), clock, Runnable::run);

            assertThat(keys.lookup("any")).isInstanceOf(KeyLookup.Found.class);
        } finally {
            issuer.stop(0);
        }
    }
}
