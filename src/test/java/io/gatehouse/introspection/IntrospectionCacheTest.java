package io.gatehouse.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.introspection.IntrospectionResponse.Active;
import io.gatehouse.introspection.IntrospectionResponse.ClientRejected;
import io.gatehouse.introspection.IntrospectionResponse.Failed;
import io.gatehouse.introspection.IntrospectionResponse.Inactive;
import io.gatehouse.introspection.IntrospectionResponse.NotAsked;
import io.gatehouse.introspection.IntrospectionResponse.RequestRefused;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class IntrospectionCacheTest {

    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Duration DEAD_LIFETIME = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final IntrospectionResponse ALIVE = new Active(ClaimsSet.of(Map.of("active", true)));
    private static final IntrospectionResponse DEAD = new Inactive();
    private static final IntrospectionResponse OUTAGE = new Failed("connect timeout", null);

    /** Silence never comes: these tests are about answers. */
    private static final Bulkhead BULKHEAD = Bulkhead.of(Limits.defaults().ofThreads(), Clock.systemUTC());

    private final MutableClock clock = new MutableClock();
    private final ScriptedServer server = new ScriptedServer();
    private IntrospectionCache cache = cache(new CacheSettings(LIFETIME, 1000, DEAD_LIFETIME, 1000, Duration.ZERO));

    /** Answers with whatever it was told last, and counts. */
    private static final class ScriptedServer implements Supplier<IntrospectionResponse> {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile IntrospectionResponse answer = ALIVE;

        @Override
        public IntrospectionResponse get() {
            calls.incrementAndGet();
            return answer;
        }
    }

    static Stream<IntrospectionResponse> failures() {
        return Stream.of(OUTAGE, new ClientRejected(401), new RequestRefused(400));
    }

    static Stream<IntrospectionResponse> noOutages() {
        return Stream.of(
                new ClientRejected(401), new RequestRefused(400), new NotAsked("too many calls are under way"));
    }

    private IntrospectionCache cache(CacheSettings settings) {
        return new IntrospectionCache(settings, BULKHEAD, clock);
    }

    private static TokenKey key(String token) {
        return TokenKey.of("server", AccessToken.of(token));
    }

    private IntrospectionResponse ask(String token) {
        return cache.get(key(token), server);
    }

    private int calls() {
        return server.calls.get();
    }

    @Nested
    class AnAnswerAboutALiveToken {

        @Test
        void isRememberedUntilItsLifetimeEnds() {
            ask("t");
            clock.advance(LIFETIME.minus(MOMENT));

            assertThat(ask("t")).isSameAs(ALIVE);
            assertThat(calls()).isEqualTo(1);

            clock.advance(MOMENT);
            ask("t");
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void isAsOldAsTheQuestion() {
            cache.get(key("t"), () -> {
                clock.advance(Duration.ofSeconds(9));
                return server.get();
            });
            clock.advance(LIFETIME.minusSeconds(9));

            ask("t");
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void isNotTakenByThoseWhoWantAYoungerOne() {
            ask("t");
            clock.advance(Duration.ofSeconds(5));

            cache.getNoOlderThan(Duration.ofSeconds(5).plus(MOMENT), key("t"), server);
            assertThat(calls()).isEqualTo(1);
            cache.getNoOlderThan(Duration.ofSeconds(5), key("t"), server);
            assertThat(calls()).isEqualTo(2);
            cache.getNoOlderThan(Duration.ZERO, key("t"), server);
            assertThat(calls()).isEqualTo(3);
        }

        @Test
        void isNoOlderForThoseWhoWouldTakeAnOlderOne() {
            ask("t");
            clock.advance(LIFETIME);

            cache.getNoOlderThan(Duration.ofDays(1), key("t"), server);
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void isForgottenAsSoonAsTheTokenIsKnownToBeDead() {
            ask("t");
            server.answer = DEAD;

            assertThat(cache.getNoOlderThan(Duration.ZERO, key("t"), server)).isSameAs(DEAD);
            assertThat(ask("t")).isSameAs(DEAD);
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void survivesAFailureToRenewItEarly() {
            ask("t");
            server.answer = OUTAGE;

            assertThat(cache.getNoOlderThan(Duration.ZERO, key("t"), server)).isSameAs(OUTAGE);
            assertThat(ask("t")).isSameAs(ALIVE);
        }
    }

    @Nested
    class AnAnswerAboutADeadToken {

        @Test
        void isRememberedFromTheQuestionOn() {
            cache.get(key("t"), () -> {
                clock.advance(Duration.ofSeconds(4));
                return DEAD;
            });
            clock.advance(DEAD_LIFETIME.minusSeconds(4).minus(MOMENT));
            assertThat(ask("t")).isSameAs(DEAD);
            assertThat(calls()).isZero();

            clock.advance(MOMENT);
            assertThat(ask("t")).isSameAs(ALIVE);
        }

        @Test
        void isRememberedUntilItsOwnLifetimeEnds() {
            server.answer = DEAD;
            ask("t");
            clock.advance(DEAD_LIFETIME.minus(MOMENT));

            assertThat(ask("t")).isSameAs(DEAD);
            assertThat(calls()).isEqualTo(1);

            clock.advance(MOMENT);
            ask("t");
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void costsOneCallHoweverOftenItIsSent() {
            server.answer = DEAD;
            for (int i = 0; i < 10_000; i++) {
                ask("dead-" + i % 100);
            }

            assertThat(calls()).isEqualTo(100);
        }

        @Test
        void neverPushesALiveTokenOut() {
            cache = cache(new CacheSettings(LIFETIME, 10, DEAD_LIFETIME, 10, Duration.ZERO));
            IntStream.range(0, 10).forEach(i -> ask("live-" + i));
            server.answer = DEAD;
            IntStream.range(0, 20_000).forEach(i -> ask("dead-" + i));
            int before = calls();

            IntStream.range(0, 10)
                    .forEach(i -> assertThat(ask("live-" + i)).as("live-" + i).isSameAs(ALIVE));
            assertThat(calls()).isEqualTo(before);
        }
    }

    @Nested
    class ALifetimeOfZero {

        @ParameterizedTest
        @CsvSource({"0,10,2,1", "30,0,1,2", "0,0,2,2"})
        void remembersNothingOfThatKind(int live, int dead, int callsForLive, int callsForDead) {
            cache = cache(
                    new CacheSettings(Duration.ofSeconds(live), 1000, Duration.ofSeconds(dead), 1000, Duration.ZERO));

            ask("live");
            ask("live");
            assertThat(calls()).isEqualTo(callsForLive);

            server.calls.set(0);
            server.answer = DEAD;
            ask("dead");
            ask("dead");
            assertThat(calls()).isEqualTo(callsForDead);
        }
    }

    @Nested
    class TheSize {

        private void assertAtMost(int remembered) {
            int before = calls();
            IntStream.range(0, 1000).forEach(i -> ask("t" + i));
            assertThat(calls() - before).isGreaterThanOrEqualTo(1000 - remembered);
        }

        @Test
        void ofLiveTokensIsBounded() {
            cache = cache(new CacheSettings(LIFETIME, 50, DEAD_LIFETIME, 1000, Duration.ZERO));
            IntStream.range(0, 1000).forEach(i -> ask("t" + i));

            assertAtMost(50);
        }

        @Test
        void ofDeadTokensIsBounded() {
            cache = cache(new CacheSettings(LIFETIME, 1000, DEAD_LIFETIME, 50, Duration.ZERO));
            server.answer = DEAD;
            IntStream.range(0, 1000).forEach(i -> ask("t" + i));

            assertAtMost(50);
        }
    }

    @Nested
    class AFailure {

        @ParameterizedTest
        @MethodSource("io.gatehouse.introspection.IntrospectionCacheTest#failures")
        void isRememberedByNobody(IntrospectionResponse failure) {
            server.answer = failure;
            assertThat(ask("t")).isSameAs(failure);

            server.answer = ALIVE;
            assertThat(ask("t")).isSameAs(ALIVE);
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void thatIsAnExceptionPoisonsNobody() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> cache.get(key("t"), () -> {
                        throw new IllegalStateException("broken");
                    }));

            assertThat(ask("t")).isSameAs(ALIVE);
        }
    }

    @Nested
    class ManyAtOnce {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(1);

        /** An answer that takes until the test lets it go. */
        private IntrospectionResponse slowly() {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
            return server.get();
        }

        private List<IntrospectionResponse> all(int count, Supplier<IntrospectionResponse> asking) throws Exception {
            List<IntrospectionResponse> responses = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                threads.add(new Thread(() -> responses.add(cache.get(key("t"), asking))));
            }
            threads.get(0).start();
            asked.await();
            threads.subList(1, count).forEach(Thread::start);
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.sleep(1);
                }
            }
            answered.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            return responses;
        }

        @Test
        void makeOneCall() throws Exception {
            assertThat(all(500, this::slowly)).isEqualTo(Collections.nCopies(500, ALIVE));
            assertThat(calls()).isEqualTo(1);
        }

        @Test
        void shareAFailureOnce() throws Exception {
            server.answer = OUTAGE;

            assertThat(all(50, this::slowly)).isEqualTo(Collections.nCopies(50, OUTAGE));
            assertThat(calls()).isEqualTo(1);

            server.answer = ALIVE;
            assertThat(ask("t")).isSameAs(ALIVE);
            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void areLetGoWhenTheOneWhoAsksBreaks() throws Exception {
            AtomicInteger caught = new AtomicInteger();
            List<IntrospectionResponse> waiters = new CopyOnWriteArrayList<>();
            Thread first = new Thread(() -> {
                try {
                    cache.get(key("t"), () -> {
                        slowly();
                        throw new IllegalStateException("broken");
                    });
                } catch (IllegalStateException broken) {
                    caught.incrementAndGet();
                }
            });
            Thread second = new Thread(() -> waiters.add(ask("t")));
            first.start();
            asked.await();
            second.start();
            while (second.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
            answered.countDown();
            first.join();
            second.join();

            assertThat(caught).hasValue(1);
            assertThat(waiters).singleElement().isInstanceOf(Failed.class);
        }

        /** The revocation may have come between the question under way and ours. */
        @ParameterizedTest
        @CsvSource({"0,0", "0,1", "5,5", "5,6"})
        void doNotWaitForACallThatIsTooOldForThem(int maximumAge, int age) throws Exception {
            Thread first = new Thread(() -> cache.get(key("t"), this::slowly));
            first.start();
            asked.await();
            clock.advance(Duration.ofSeconds(age));

            assertThat(cache.getNoOlderThan(Duration.ofSeconds(maximumAge), key("t"), () -> DEAD))
                    .isSameAs(DEAD);

            answered.countDown();
            first.join();
            assertThat(ask("t"))
                    .as("the later question counts, not the later answer")
                    .isSameAs(age == 0 ? ALIVE : DEAD);
        }

        @Test
        void waitForACallThatIsYoungEnoughForThem() throws Exception {
            Thread first = new Thread(() -> cache.get(key("t"), this::slowly));
            first.start();
            asked.await();
            List<IntrospectionResponse> responses = new CopyOnWriteArrayList<>();
            Thread second =
                    new Thread(() -> responses.add(cache.getNoOlderThan(Duration.ofSeconds(1), key("t"), server)));
            second.start();
            while (second.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
            answered.countDown();
            first.join();
            second.join();

            assertThat(responses).containsExactly(ALIVE);
            assertThat(calls()).isEqualTo(1);
        }

        /** Answers about one token overtake each other: the first question is answered after the second. */
        private void firstAndMeanwhile(IntrospectionResponse first, IntrospectionResponse second, Duration between) {
            IntrospectionResponse last = cache.get(key("t"), () -> {
                clock.advance(between);
                assertThat(cache.getNoOlderThan(Duration.ZERO, key("t"), () -> second))
                        .isSameAs(second);
                return first;
            });
            assertThat(last).isSameAs(first);
        }

        @Test
        void learnNothingFromAnAnswerToAnOlderQuestion() {
            IntrospectionResponse younger = new Active(ClaimsSet.of(Map.of("active", true, "scope", "less")));

            firstAndMeanwhile(ALIVE, younger, Duration.ofSeconds(1));
            assertThat(ask("t")).isSameAs(younger);
            assertThat(calls()).isZero();
        }

        @Test
        void doNotTakeATokenForDeadThatWasCalledAliveWhenThatWasAskedLater() {
            firstAndMeanwhile(DEAD, ALIVE, Duration.ofSeconds(1));

            assertThat(ask("t")).isSameAs(ALIVE);
            assertThat(calls()).isZero();
        }

        @Test
        void rememberADeadTokenFromTheLaterQuestionOn() {
            firstAndMeanwhile(DEAD, DEAD, Duration.ofSeconds(1));
            clock.advance(DEAD_LIFETIME.minus(MOMENT));
            assertThat(ask("t")).isSameAs(DEAD);
            assertThat(calls()).isZero();

            clock.advance(MOMENT);
            assertThat(ask("t")).isSameAs(ALIVE);
        }

        @Test
        void doNotWaitForThoseWithAnotherToken() throws Exception {
            Thread stalled = new Thread(() -> cache.get(key("stalled"), this::slowly));
            stalled.start();
            asked.await();

            assertThat(ask("another")).isSameAs(ALIVE);

            answered.countDown();
            stalled.join();
        }

        /** The one who asked has stored the answer and is gone between our look and our own question. */
        @Test
        void doNotAskAgainBecauseTheyLookedAMomentTooEarly() {
            HookedClock hooked = new HookedClock();
            cache = new IntrospectionCache(
                    new CacheSettings(LIFETIME, 10, DEAD_LIFETIME, 10, Duration.ofMinutes(1)), BULKHEAD, hooked);
            ask("t");
            hooked.now = hooked.now.plus(LIFETIME);
            hooked.calls = 0;
            hooked.atCall = 2; // the cache's own look is the first, ours at the age of what it holds the second
            hooked.meanwhile = () -> ask("t");

            assertThat(ask("t")).isSameAs(ALIVE);
            assertThat(hooked.meanwhile).isNull();
            assertThat(calls()).isEqualTo(2);
        }
    }

    /** Lets something happen in the middle of a look. */
    private static final class HookedClock extends Clock {
        private Instant now = TestTokens.NOW;
        private int calls;
        private int atCall;
        private Runnable meanwhile;

        @Override
        public Instant instant() {
            if (++calls == atCall && meanwhile != null) {
                Runnable once = meanwhile;
                meanwhile = null;
                once.run();
            }
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Nested
    class StaleIfError {

        private final Duration window = Duration.ofMinutes(2);

        private void open() {
            cache = cache(new CacheSettings(LIFETIME, 10, DEAD_LIFETIME, 10, window));
        }

        @Test
        void isOffUnlessConfigured() {
            ask("t");
            clock.advance(LIFETIME);
            server.answer = OUTAGE;

            assertThat(ask("t")).isSameAs(OUTAGE);
        }

        @Test
        void servesTheOldAnswerUntilTheWindowCloses() {
            open();
            ask("t");
            server.answer = OUTAGE;
            clock.advance(LIFETIME.plus(window).minus(MOMENT));

            assertThat(ask("t")).isSameAs(ALIVE);
            assertThat(calls()).as("it asks all the same").isEqualTo(2);

            clock.advance(MOMENT);
            assertThat(ask("t")).isSameAs(OUTAGE);
        }

        /** As the lifetime is: what happened while the server thought about it, is in no answer of its. */
        @Test
        void countsFromTheQuestionAndNotFromTheAnswer() {
            open();
            cache.get(key("t"), () -> {
                clock.advance(Duration.ofSeconds(4));
                return ALIVE;
            });
            server.answer = OUTAGE;
            clock.advance(LIFETIME.plus(window).minusSeconds(4).minus(MOMENT));
            assertThat(ask("t")).isSameAs(ALIVE);

            clock.advance(MOMENT);
            assertThat(ask("t")).isSameAs(OUTAGE);
        }

        @Test
        void isOffUnlessConfiguredAlsoForAnAnswerThatTookItsTime() {
            cache.get(key("t"), () -> {
                clock.advance(Duration.ofSeconds(4));
                return ALIVE;
            });
            server.answer = OUTAGE;
            clock.advance(LIFETIME.minusSeconds(4));

            assertThat(ask("t")).isSameAs(OUTAGE);
        }

        @ParameterizedTest
        @MethodSource("io.gatehouse.introspection.IntrospectionCacheTest#noOutages")
        void isForOutagesOnly(IntrospectionResponse noOutage) {
            open();
            ask("t");
            clock.advance(LIFETIME);
            server.answer = noOutage;

            assertThat(ask("t")).isSameAs(noOutage);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT29S", "PT30S", "PT1H"})
        void isForNobodyWhoSaysHowOldAnAnswerMayBe(Duration maximumAge) {
            open();
            ask("t");
            clock.advance(LIFETIME);
            server.answer = OUTAGE;

            assertThat(cache.getNoOlderThan(maximumAge, key("t"), server)).isSameAs(OUTAGE);
        }

        @Test
        void isNoAnswerForThoseWhoWereNeverKnown() {
            open();
            server.answer = OUTAGE;

            assertThat(ask("t")).isSameAs(OUTAGE);
        }

        @Test
        void endsWithTheNewsThatTheTokenIsDead() {
            open();
            ask("t");
            clock.advance(LIFETIME);
            server.answer = DEAD;
            assertThat(ask("t")).isSameAs(DEAD);

            clock.advance(DEAD_LIFETIME);
            server.answer = OUTAGE;
            assertThat(ask("t")).isSameAs(OUTAGE);
        }

        @Test
        void worksWithoutACacheToo() {
            cache = cache(new CacheSettings(Duration.ZERO, 10, DEAD_LIFETIME, 10, window));
            ask("t");
            ask("t");
            assertThat(calls()).isEqualTo(2);

            server.answer = OUTAGE;
            assertThat(ask("t")).isSameAs(ALIVE);
        }
    }

    @Nested
    class TheKey {

        @Test
        void doesNotCrossIssuers() {
            AccessToken token = AccessToken.of("t");
            cache.get(TokenKey.of("one", token), server);
            cache.get(TokenKey.of("another", token), server);

            assertThat(calls()).isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({"abc,abd", "abc,ABC", "abc,abc=", "abc,abc%3D", "a.b.c,a.b.c.", "ss,\u00df", "a,a%00"})
        void doesNotCrossTokens(String one, String another) {
            ask(one);
            ask(another);

            assertThat(calls()).isEqualTo(2);
        }

        @Test
        void doesNotHoldTheToken() {
            assertThat(key("s3cret.t0ken").toString()).doesNotContain("s3cret", "t0ken");
        }
    }
}
