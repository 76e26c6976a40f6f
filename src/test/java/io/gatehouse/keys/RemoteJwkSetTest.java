package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RemoteJwkSetTest {

    private static final URI LOCATION = URI.create("https://issuer.example/jwks");
    private static final Duration COOLDOWN = Duration.ofSeconds(10);
    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration USABLE = Duration.ofHours(1);

    private final MutableClock clock = new MutableClock();
    private final ScriptedIssuer issuer = new ScriptedIssuer();
    private final CapturedLog log = new CapturedLog(RemoteJwkSet.class);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    /** Answers with whatever it was told last, and counts. */
    private static final class ScriptedIssuer implements Supplier<FetchResult> {
        private final AtomicInteger fetches = new AtomicInteger();
        private volatile FetchResult answer = keys("a");
        private volatile @Nullable RuntimeException defect;

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
    private static final class HeldBack implements Executor {
        private final Queue<Runnable> work = new ArrayDeque<>();

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

    private static FetchResult ok(String body) {
        return new FetchResult.Ok(body.getBytes(UTF_8), "application/json", null);
    }

    private static FetchResult keys(String... kids) {
        return ok(Stream.of(kids)
                .map(kid -> TestJson.object(jwk(RSA.getPublic(), "kid", TestJson.quote(kid))))
                .collect(java.util.stream.Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    private static FetchResult outage() {
        return new FetchResult.Unreachable("connect timeout");
    }

    private RemoteJwkSet set(Executor executor, WaitingPlaces.Patience patience) {
        return new RemoteJwkSet(
                LOCATION,
                issuer,
                KeyPolicy.strict(),
                new RemoteJwkSetSettings(REFRESH, USABLE, COOLDOWN, 3),
                clock,
                executor,
                patience);
    }

    private RemoteJwkSet set(Executor executor) {
        return set(executor, new WaitingPlaces.RealTime());
    }

    /** A set whose fetches take no time, and whose waits move the clock. */
    private RemoteJwkSet set() {
        return set(Runnable::run, new MovesTheClock());
    }

    private final class MovesTheClock implements WaitingPlaces.Patience {
        @Override
        public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
            if (!value.isDone()) {
                clock.advance(atMost);
                waited = waited.plus(atMost);
            }
            return value.getNow(null);
        }
    }

    private Duration waited = Duration.ZERO;

    private RemoteJwkSet filled() {
        RemoteJwkSet set = set();
        assertFound(set.lookup("a"));
        clock.advance(Duration.ofSeconds(1));
        return set;
    }

    /** A set that has fetched once, through an executor that holds its work back. */
    private RemoteJwkSet filled(HeldBack executor) throws InterruptedException {
        RemoteJwkSet set = set(executor);
        Thread first = new Thread(() -> set.lookup("a"));
        first.start();
        executor.awaitWork();
        executor.run();
        first.join();
        clock.advance(Duration.ofSeconds(1));
        return set;
    }

    private static void assertFound(KeyLookup lookup) {
        assertThat(lookup).isInstanceOf(KeyLookup.Found.class);
    }

    private static void assertUnavailable(KeyLookup lookup) {
        assertThat(lookup).isEqualTo(new KeyLookup.Unavailable(COOLDOWN));
    }

    private void assertFetches(int expected) {
        assertThat(issuer.fetches).hasValue(expected);
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
    class Renewal {

        @Test
        void happensBehindTheRequestsBack() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            clock.advance(REFRESH);

            assertFound(set.lookup("a")); // answers although the fetch has not run
            assertFound(set.lookup("a"));
            assertThat(executor.size()).isEqualTo(1);
        }

        @Test
        void comesAtTheSecondItIsDue() {
            RemoteJwkSet set = set();
            set.lookup("a");

            clock.advance(REFRESH.minusSeconds(1));
            set.lookup("a");
            assertFetches(1);

            clock.advance(Duration.ofSeconds(1));
            set.lookup("a");
            assertFetches(2);

            set.lookup("a");
            assertFetches(2);
        }

        @Test
        void takesAwayAKeyThatTheIssuerWithdrew() {
            RemoteJwkSet set = set();
            assertFound(set.lookup("a"));

            issuer.answer = keys("b");
            clock.advance(REFRESH);
            set.lookup("a");

            assertFound(set.lookup("b"));
            assertThat(set.lookup("a")).isEqualTo(new KeyLookup.NotFound());
        }

        @Test
        void thatFailsIsTriedAgainAfterTheCooldown() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();
            clock.advance(REFRESH);

            assertFound(set.lookup("a"));
            clock.advance(COOLDOWN.minusSeconds(1));
            assertFound(set.lookup("a"));
            assertFetches(2);

            clock.advance(Duration.ofSeconds(1));
            assertFound(set.lookup("a"));
            assertFetches(3);
        }
    }

    @Nested
    class Age {

        private void assertRenewedAfter(Duration age) {
            RemoteJwkSet set = set();
            set.lookup("a");
            clock.advance(age.minusSeconds(1));
            set.lookup("a");
            assertFetches(1);
            clock.advance(Duration.ofSeconds(1));
            set.lookup("a");
            assertFetches(2);
        }

        @Test
        void isTheOneThatTheIssuerSays() {
            issuer.answer = keysFor(Duration.ofMinutes(17), "a");
            assertRenewedAfter(Duration.ofMinutes(17));
        }

        @Test
        void isOursWhereTheIssuerForbidsToKeepAnything() {
            issuer.answer = keysFor(Duration.ZERO, "a");
            assertRenewedAfter(REFRESH);
        }

        /** Renewal starts with a request; after a quiet night the first one must not be answered with withdrawn keys. */
        @Test
        void pastTheRenewalByAQuarterMakesARequestWaitForIt() {
            RemoteJwkSet set = filled();
            issuer.answer = keys("b");
            clock.advance(REFRESH.plus(REFRESH.dividedBy(4)));
            assertThat(set.lookup("a")).isEqualTo(new KeyLookup.NotFound());
        }

        @Test
        void pastTheRenewalIsUsedAllTheSameDuringAnOutage() {
            RemoteJwkSet set = filled();
            issuer.answer = outage();
            clock.advance(REFRESH.multipliedBy(2));
            assertFound(set.lookup("a"));
        }

        @Test
        void pastTheRenewalIsWaitedForTwoSecondsAndNoLonger() throws Exception {
            HeldBack executor = new HeldBack();
            NeverPatient patience = new NeverPatient();
            RemoteJwkSet set = set(executor, patience);
            Thread first = new Thread(() -> set.lookup("a"));
            first.start();
            first.join();
            executor.run();
            clock.advance(REFRESH.multipliedBy(2));

            assertFound(set.lookup("a"));
            assertThat(patience.waits).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(2));
        }
    }

    /** Writes down how long somebody would have waited. */
    private static final class NeverPatient implements WaitingPlaces.Patience {
        private final List<Duration> waits = new ArrayList<>();

        @Override
        public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
            waits.add(atMost);
            return value.getNow(null);
        }
    }

    private static FetchResult keysFor(Duration maxAge, String... kids) {
        return new FetchResult.Ok(((FetchResult.Ok) keys(kids)).body(), "", maxAge);
    }

    private static FetchResult keyWithoutId(KeyPair pair) {
        return ok(jwks(jwk(pair.getPublic())));
    }

    @Nested
    class TokenThatVerifiesWithNoKey {

        private final byte[] signature = {1, 2, 3};

        private KeyLookup.Found found(RemoteJwkSet set, @Nullable String kid) {
            return (KeyLookup.Found) set.lookup(kid);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = "any")
        void causesAFetchWhereTheKeysHaveNoIds(String kid) {
            issuer.answer = keyWithoutId(RSA);
            RemoteJwkSet set = set();
            KeyLookup.Found before = found(set, kid);
            issuer.answer = keyWithoutId(OTHER_RSA);

            KeyLookup.Found after = (KeyLookup.Found) set.lookupOther(kid, signature, before);
            assertThat(after.keys()).singleElement().returns(OTHER_RSA.getPublic(), VerificationKey::publicKey);
            assertFetches(2);
        }

        @Test
        void isRefusedWhereTheFetchBringsTheSameKeys() {
            RemoteJwkSet set = set();
            KeyLookup.Found before = found(set, null);

            assertThat(set.lookupOther(null, signature, before)).isEqualTo(new KeyLookup.NotFound());
            assertThat(set.lookupOther(null, signature, before)).isEqualTo(new KeyLookup.NotFound());
            assertFetches(2);
        }

        @Test
        void causesNoFetchWhereItNamesAKnownKey() {
            RemoteJwkSet set = set();
            assertThat(set.lookupOther("a", signature, found(set, "a"))).isEqualTo(new KeyLookup.NotFound());
            assertFetches(1);
        }

        @Test
        void isTriedWithKeysThatAnotherFetchHasBroughtSince() {
            issuer.answer = keyWithoutId(RSA);
            RemoteJwkSet set = set();
            KeyLookup.Found before = found(set, null);
            issuer.answer = keyWithoutId(OTHER_RSA);
            clock.advance(REFRESH);
            set.lookup(null);

            assertFound(set.lookupOther(null, signature, before));
            assertFetches(2);
        }
    }

    @Nested
    class DefectOfOurOwn {

        @Test
        void countsAsAFailureIsLoggedOnceAndDoesNotEndTheRenewal() {
            RemoteJwkSet set = filled();
            issuer.defect = new IllegalStateException("broken");
            for (int i = 0; i < 3; i++) {
                clock.advance(REFRESH);
                assertFound(set.lookup("a"));
            }
            assertThat(log.messages(Level.SEVERE)).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("GATE0106"));
            assertThat(log.messages(Level.WARNING)).hasSize(1);

            issuer.defect = null;
            issuer.answer = keys("b");
            clock.advance(REFRESH);
            assertFound(set.lookup("b"));
        }
    }

    @Nested
    class HangingIssuer {

        /** Else each cooldown would take all threads for as long as a fetch lasts. */
        @Test
        void isWaitedForOnceAndThenForASecondFromTheStartOfAFetch() {
            HeldBack executor = new HeldBack();
            NeverPatient patience = new NeverPatient();
            RemoteJwkSet set = set(executor, patience);
            assertUnavailable(set.lookup("a"));
            issuer.answer = outage();
            executor.run();

            clock.advance(COOLDOWN);
            assertUnavailable(set.lookup("a"));
            clock.advance(Duration.ofMillis(400));
            assertUnavailable(set.lookup("a"));
            clock.advance(Duration.ofSeconds(1));
            assertUnavailable(set.lookup("a"));
            assertThat(patience.waits)
                    .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMillis(600));
        }
    }

    @Nested
    class FetchThatIsLost {

        @Test
        void doesNotEndTheRenewalAndItsLateAnswerChangesNothing() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            clock.advance(REFRESH);
            set.lookup("a");
            clock.advance(Duration.ofMinutes(1));
            set.lookup("a");
            assertThat(executor.size()).isEqualTo(1);

            clock.advance(Duration.ofMinutes(2));
            Thread next = new Thread(() -> set.lookup("a"));
            next.start();
            while (executor.size() < 2) {
                Thread.onSpinWait();
            }
            Runnable lost = executor.take();
            issuer.answer = keys("a", "b");
            executor.run();
            next.join();
            issuer.answer = keys("a");
            lost.run();
            assertFound(set.lookup("b"));
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

    @Nested
    class UnknownKeyId {

        @Test
        void findsARotatedKeyAtOnce() {
            RemoteJwkSet set = filled();
            issuer.answer = keys("a", "b");

            assertFound(set.lookup("b"));
            assertFetches(2);
        }

        @Test
        void isLookedForOnceAndThenKnownToBeAbsentForAWhile() {
            RemoteJwkSet set = filled();
            clock.advance(COOLDOWN);
            for (int second = 0; second < 5; second++) {
                assertThat(set.lookup("x")).isEqualTo(new KeyLookup.NotFound());
                clock.advance(Duration.ofSeconds(1));
            }
            assertFetches(2);

            issuer.answer = keys("a", "x");
            assertFound(set.lookup("x"));
            assertFetches(3);
        }

        @Test
        void isFoundAtOnceWhenAnotherFetchBroughtItAlthoughItWasAbsentJustNow() {
            RemoteJwkSet set = filled();
            set.lookup("x");
            issuer.answer = keys("a", "b", "x");
            assertFound(set.lookup("b"));
            assertFound(set.lookup("x"));
        }

        @Test
        void isLookedForAlthoughOthersWereJustNow() {
            RemoteJwkSet set = filled();
            set.lookup("x");
            set.lookup("y");
            issuer.answer = keys("a", "b");
            assertFound(set.lookup("b"));
        }

        @Test
        void inASmallFloodIsRefusedAlmostAtOnceAndCostsAFewFetches() {
            RemoteJwkSet set = filled();
            for (int i = 0; i < FetchGate.FLOOD; i++) {
                assertThat(set.lookup("invented-" + i)).isEqualTo(new KeyLookup.NotFound());
            }
            assertFetches(1 + FetchGate.FEW);
            assertThat(waited).isLessThan(COOLDOWN.multipliedBy(FetchGate.FEW));
            assertFound(set.lookup("a"));
        }

        @Test
        void inALongFloodWaitsForTheFetchThatTells() {
            RemoteJwkSet set = filled();
            for (int i = 0; i < FetchGate.FLOOD; i++) {
                set.lookup("invented-" + i);
            }
            int before = issuer.fetches.get();
            for (int i = 0; i < 10; i++) {
                assertThat(set.lookup("more-" + i)).isEqualTo(new KeyLookup.NotFound());
            }
            assertFetches(before + 10);
            assertThat(waited).isGreaterThanOrEqualTo(COOLDOWN.multipliedBy(10));

            issuer.answer = keys("b");
            assertFound(set.lookup("b"));
        }

        @Test
        void thatComesAgainDuringASmallFloodIsLookedFor() {
            RemoteJwkSet set = filled();
            for (int i = 0; i < FetchGate.FLOOD - 1; i++) {
                set.lookup("invented-" + i);
            }
            issuer.answer = keys("a", "b");
            assertThat(set.lookup("b")).isEqualTo(new KeyLookup.NotFound());
            assertFound(set.lookup("b"));
        }

        @Test
        void inAnEndlessFloodCostsOneFetchPerCooldown() {
            RemoteJwkSet set = filled();
            Instant start = clock.instant();
            for (int i = 0; i < 2000; i++) {
                set.lookup("invented-" + i);
                set.lookup("invented-again-" + i / 2);
                clock.advance(Duration.ofMillis(100));
            }
            long cooldowns = Duration.between(start, clock.instant()).dividedBy(COOLDOWN);
            assertThat(issuer.fetches.get()).isLessThanOrEqualTo((int) (1 + 3 + cooldowns));
        }

        @Test
        void thatIsLongerThanAnyRealOneIsNotLookedFor() {
            RemoteJwkSet set = filled();
            assertThat(set.lookup("x".repeat(513))).isEqualTo(new KeyLookup.NotFound());
            assertFetches(1);
        }

        /** The answer of a fetch that was under way when the key was published may have been made before. */
        @Test
        void isNotRefusedByAFetchThatIsOlderThanItself() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            clock.advance(COOLDOWN);
            Thread earlier = new Thread(() -> set.lookup("x"));
            earlier.start();
            executor.awaitWork();
            clock.advance(Duration.ofSeconds(1));
            FutureTask<KeyLookup> rotated = new FutureTask<>(() -> set.lookup("b"));
            Thread later = new Thread(rotated);
            later.start();
            while (later.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            executor.run(); // brings no "b"
            earlier.join();
            issuer.answer = keys("a", "b");
            Thread again = new Thread(() -> set.lookup("b"));
            again.start();
            executor.awaitWork();
            executor.run();
            again.join();

            assertFound(rotated.get());
        }

        @Test
        void duringAnOutageIsNoVerdict() {
            RemoteJwkSet set = filled();
            issuer.answer = outage();

            assertUnavailable(set.lookup("b"));
            assertFound(set.lookup("a"));

            issuer.answer = keys("a");
            clock.advance(COOLDOWN);
            assertThat(set.lookup("b")).isEqualTo(new KeyLookup.NotFound());
        }

        @Test
        void leavesKnownKeysUntouchedWhileItsFetchHangs() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            Thread unknown = new Thread(() -> set.lookup("b"));
            unknown.start();
            executor.awaitWork();

            assertFound(set.lookup("a")); // returns while the other thread waits

            executor.run();
            unknown.join();
            assertFetches(2);
        }
    }

    @Nested
    class Outage {

        static Stream<FetchResult> everyUselessAnswerKeepsTheLastGoodSet() {
            return Stream.of(
                    outage(),
                    new FetchResult.Refused(500, new byte[0], "", null),
                    new FetchResult.Refused(302, new byte[0], "text/html", null),
                    new FetchResult.Refused(404, jwks().getBytes(UTF_8), "application/json", null),
                    ok(""),
                    ok("<html>maintenance</html>"),
                    ok("{"),
                    ok("{}"),
                    ok("[]"),
                    ok("{\"keys\":[]}"),
                    ok("{\"keys\":null}"),
                    ok("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}"),
                    ok("{\"keys\":[],\"keys\":[]}"),
                    ok(jwks(TestKeys.privateJwk(RSA, "kid", "\"a\""))),
                    ok("[".repeat(100_000)),
                    new FetchResult.Ok(new byte[] {(byte) 0xff, (byte) 0xfe}, "", null));
        }

        @ParameterizedTest
        @MethodSource
        void everyUselessAnswerKeepsTheLastGoodSet(FetchResult useless) {
            RemoteJwkSet set = set();
            assertFound(set.lookup("a"));
            issuer.answer = useless;
            clock.advance(REFRESH);

            assertFound(set.lookup("a"));
            clock.advance(COOLDOWN);
            assertFound(set.lookup("a"));
            assertFetches(3);
        }

        @Test
        void fromTheStartIsNoVerdictWhateverTheKey() {
            issuer.answer = outage();
            RemoteJwkSet set = set();

            assertUnavailable(set.lookup("a"));
            assertUnavailable(set.lookup(null));
        }

        @Test
        void endsTheTrustInTheLastGoodSetAtItsSecond() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();

            clock.advance(USABLE.minusSeconds(1));
            assertFound(set.lookup("a"));
            clock.advance(Duration.ofSeconds(1));
            assertUnavailable(set.lookup("a"));
            assertUnavailable(set.lookup("unknown"));
        }

        @Test
        void endsTheTrustAtItsSecondAlsoWhereTheIssuerSaidThatItsKeysMayBeKeptLonger() {
            issuer.answer = keysFor(Duration.ofDays(1), "a");
            RemoteJwkSet set = new RemoteJwkSet(
                    LOCATION,
                    issuer,
                    KeyPolicy.strict(),
                    new RemoteJwkSetSettings(REFRESH, Duration.ofMinutes(10), COOLDOWN, 3),
                    clock,
                    Runnable::run,
                    new MovesTheClock());
            assertFound(set.lookup("a"));
            issuer.answer = outage();

            clock.advance(Duration.ofMinutes(10));
            assertUnavailable(set.lookup("a"));
        }

        @Test
        void isForgottenWithTheNextGoodAnswer() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();
            clock.advance(USABLE);
            assertUnavailable(set.lookup("a"));

            issuer.answer = keys("a");
            clock.advance(COOLDOWN);
            assertFound(set.lookup("a"));
        }

        @Test
        void ofOurOwnThreadsIsNoVerdictAndLeavesTheGateOpen() {
            AtomicInteger refused = new AtomicInteger();
            RemoteJwkSet set = set(task -> {
                if (refused.getAndIncrement() == 0) {
                    throw new RejectedExecutionException();
                }
                task.run();
            });

            assertUnavailable(set.lookup("a"));
            clock.advance(COOLDOWN);
            assertFound(set.lookup("a"));
        }
    }

    @Nested
    class Log {

        @Test
        void warnsOncePerChangeOfState() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();
            for (int i = 0; i < 10; i++) {
                clock.advance(REFRESH);
                set.lookup("a");
            }
            assertThat(log.messages(Level.WARNING)).singleElement().satisfies(message -> assertThat(message)
                    .startsWith("GATE0103")
                    .contains(LOCATION.toString(), "connect timeout"));

            issuer.answer = keys("a");
            clock.advance(REFRESH);
            set.lookup("a");
            clock.advance(REFRESH);
            set.lookup("a");
            assertThat(log.messages(Level.INFO))
                    .filteredOn(message -> message.startsWith("GATE0104"))
                    .hasSize(1);

            issuer.answer = new FetchResult.Refused(503, new byte[0], "", null);
            clock.advance(REFRESH);
            set.lookup("a");
            assertThat(log.messages(Level.WARNING)).hasSize(2);
            assertThat(log.messages(Level.WARNING).get(1)).contains("it answered 503");
        }

        @Test
        void saysWhatAnOutageMeansForTokens() {
            issuer.answer = outage();
            RemoteJwkSet set = set();
            set.lookup("a");
            assertThat(log.messages(Level.WARNING))
                    .containsExactly(
                            "GATE0103 no keys from " + LOCATION + ": connect timeout; tokens that need them get 503");

            issuer.answer = keys("a");
            clock.advance(COOLDOWN);
            Instant read = clock.instant();
            set.lookup("a");
            issuer.answer = outage();
            clock.advance(REFRESH);
            set.lookup("a");
            assertThat(log.messages(Level.WARNING))
                    .last()
                    .isEqualTo("GATE0103 no keys from " + LOCATION + ": connect timeout; those known stay in use until "
                            + read.plus(USABLE));
        }

        @Test
        void warnsOnceMoreWhenTheKeysAreTooOldToBeTrusted() {
            RemoteJwkSet set = filled();
            issuer.answer = outage();
            clock.advance(REFRESH);
            set.lookup("a");
            clock.advance(USABLE);
            for (int i = 0; i < 3; i++) {
                assertUnavailable(set.lookup("a"));
                clock.advance(COOLDOWN);
            }
            assertThat(log.messages(Level.WARNING))
                    .hasSize(2)
                    .last()
                    .isEqualTo("GATE0125 the keys from " + LOCATION
                            + " are too old to be trusted: connect timeout; tokens that need them get 503");
        }

        @Test
        void namesTheKeysThatWereLeftOutOnce() {
            issuer.answer = ok(jwks(
                    jwk(RSA.getPublic(), "kid", "\"a\""),
                    jwk(OTHER_RSA.getPublic(), "kid", "\"e\"", "use", "\"enc\"")));
            RemoteJwkSet set = set();
            set.lookup("a");
            clock.advance(REFRESH);
            set.lookup("a");

            assertThat(log.messages(Level.INFO)).hasSize(2);
            assertThat(log.messages(Level.INFO).get(0)).startsWith("GATE0101").endsWith(": 1");
            assertThat(log.messages(Level.INFO).get(1)).startsWith("GATE0102").contains("key e");

            issuer.answer = ok(jwks(
                    jwk(RSA.getPublic(), "kid", "\"b\""),
                    jwk(OTHER_RSA.getPublic(), "kid", "\"e\"", "use", "\"enc\""),
                    jwk(TestKeys.WEAK_RSA.getPublic(), "kid", "\"w\"")));
            clock.advance(REFRESH);
            set.lookup("a");
            assertThat(log.messages(Level.INFO)).hasSize(4);
            assertThat(log.messages(Level.INFO).get(2)).startsWith("GATE0105").contains("keys in it now: 1");
            assertThat(log.messages(Level.INFO).get(3))
                    .startsWith("GATE0102")
                    .contains("key w", "its RSA modulus has 1024 bits");
        }

        @ParameterizedTest
        @ValueSource(strings = {"secret-looking-kid\r\nFORGED LINE", "secret-looking-kid"})
        void neverShowsAnIdThatATokenNamed(String kid) {
            RemoteJwkSet set = set();
            set.lookup(kid);
            issuer.answer = outage();
            set.lookup(kid);
            assertThat(log.everything()).doesNotContain("secret-looking", "FORGED");
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
}
