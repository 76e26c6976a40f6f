package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A set of keys of an issuer that answers as it is told, with time and threads in the hands of the test. */
abstract class RemoteJwkSetFixture {

    static final URI LOCATION = URI.create("https://issuer.example/jwks");
    static final Duration COOLDOWN = Duration.ofSeconds(10);
    static final Duration REFRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);

    final MutableClock clock = new MutableClock();
    final ScriptedIssuer issuer = new ScriptedIssuer();
    final CapturedLog log = new CapturedLog(RemoteJwkSet.class);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    /** Answers with whatever it was told last, and counts. */
    static final class ScriptedIssuer implements Supplier<FetchResult> {
        final AtomicInteger fetches = new AtomicInteger();
        volatile FetchResult answer = keys("a");
        volatile @Nullable RuntimeException defect;

        @Override
        public FetchResult get() {
            fetches.incrementAndGet();
            if (defect != null) {
                throw defect;
            }
            return answer;
        }
    }

    /** Keeps the work until the test lets it run: a fetch that takes its time. */
    static final class HeldBack implements Executor {
        final Queue<Runnable> work = new ArrayDeque<>();

        @Override
        public synchronized void execute(Runnable task) {
            work.add(task);
        }

        synchronized int size() {
            return work.size();
        }

        void awaitWork() {
            while (size() == 0) {
                Thread.onSpinWait();
            }
        }

        synchronized Runnable take() {
            return work.remove();
        }

        void run() {
            take().run();
        }
    }

    static FetchResult ok(String body) {
        return new FetchResult.Ok(body.getBytes(UTF_8), "application/json", null);
    }

    static FetchResult keys(String... kids) {
        return ok(Stream.of(kids)
                .map(kid -> TestJson.object(jwk(RSA.getPublic(), "kid", TestJson.quote(kid))))
                .collect(java.util.stream.Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    static FetchResult outage() {
        return new FetchResult.Unreachable("connect timeout");
    }

    RemoteJwkSet set(Executor executor, WaitingPlaces.Patience patience) {
        return new RemoteJwkSet(
                LOCATION,
                issuer,
                KeyPolicy.strict(),
                new RemoteJwkSetSettings(REFRESH, USABLE, COOLDOWN, 3),
                clock,
                executor,
                patience);
    }

    RemoteJwkSet set(Executor executor) {
        return set(executor, new WaitingPlaces.RealTime());
    }

    /** A set whose fetches take no time, and whose waits move the clock. */
    RemoteJwkSet set() {
        return set(Runnable::run, new MovesTheClock());
    }

    final class MovesTheClock implements WaitingPlaces.Patience {
        @Override
        public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
            if (!value.isDone()) {
                clock.advance(atMost);
                waited = waited.plus(atMost);
            }
            return value.getNow(null);
        }
    }

    Duration waited = Duration.ZERO;

    RemoteJwkSet filled() {
        RemoteJwkSet set = set();
        assertFound(set.lookup("a"));
        clock.advance(Duration.ofSeconds(1));
        return set;
    }

    /** A set that has fetched once, through an executor that holds its work back. */
    RemoteJwkSet filled(HeldBack executor) throws InterruptedException {
        RemoteJwkSet set = set(executor);
        Thread first = new Thread(() -> set.lookup("a"));
        first.start();
        executor.awaitWork();
        executor.run();
        first.join();
        clock.advance(Duration.ofSeconds(1));
        return set;
    }

    static void assertFound(KeyLookup lookup) {
        assertThat(lookup).isInstanceOf(KeyLookup.Found.class);
    }

    static void assertUnavailable(KeyLookup lookup) {
        assertThat(lookup).isEqualTo(new KeyLookup.Unavailable(COOLDOWN));
    }

    void assertFetches(int expected) {
        assertThat(issuer.fetches).hasValue(expected);
    }

    /** Writes down how long somebody would have waited. */
    static final class NeverPatient implements WaitingPlaces.Patience {
        final List<Duration> waits = new ArrayList<>();

        @Override
        public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
            waits.add(atMost);
            return value.getNow(null);
        }
    }

    static FetchResult keysFor(Duration maxAge, String... kids) {
        return new FetchResult.Ok(((FetchResult.Ok) keys(kids)).body(), "", maxAge);
    }

    static FetchResult keyWithoutId(KeyPair pair) {
        return ok(jwks(jwk(pair.getPublic())));
    }
}
