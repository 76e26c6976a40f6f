package io.gatehouse.outbound;

import static io.gatehouse.outbound.TokenAnswers.INVALID_GRANT;
import static io.gatehouse.outbound.TokenAnswers.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RenewableTokenTest {

    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Queue<Runnable> behind = new ArrayDeque<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable Duration life = HOUR;
    private volatile Supplier<TokenResult> answer = this::next;
    private final RenewableToken token = token(null, behind::add);

    private TokenResult next() {
        return TokenAnswers.granted("t" + fetches.get(), clock.instant(), life);
    }

    private RenewableToken token(@Nullable Duration renewBefore, Executor executor) {
        return token(renewBefore, null, executor);
    }

    private RenewableToken token(@Nullable Duration renewBefore, @Nullable Instant end, Executor executor) {
        return new RenewableToken(
                replaced -> {
                    fetches.incrementAndGet();
                    return answer.get();
                },
                new RenewableToken.Rules(renewBefore, Duration.ofSeconds(50), Backoff.constant(PAUSE), end),
                new Listening(),
                null,
                clock,
                executor);
    }

    private final class Listening implements RenewableToken.Listener {
        @Override
        public void renewed(boolean atLast, Duration life) {
            heard.add((atLast ? "at last " : "renewed ") + life.toSeconds());
        }

        @Override
        public void failed(boolean first, TokenResult.Failed failure) {
            heard.add((first ? "first " : "still ") + failure.problem());
        }
    }

    private static String value(TokenResult result) {
        return result.match(granted -> granted.response().accessToken(), TokenResult.Failed::problem);
    }

    private void assertThatItIs(String expected) {
        assertThat(value(token.get())).isEqualTo(expected);
    }

    @Nested
    class AToken {

        @Test
        void isNotFetchedBeforeItIsNeeded() {
            assertThat(fetches).hasValue(0);
            assertThatItIs("t1");
            assertThatItIs("t1");
            assertThat(fetches).hasValue(1);
        }

        @ParameterizedTest
        @CsvSource({"3600,60", "300,60", "299,59", "100,20", "10,2"})
        void isFreshThenStaleThenExpired(int seconds, int early) {
            life = Duration.ofSeconds(seconds);
            assertThatItIs("t1");

            clock.advance(life.minusSeconds(early).minus(MOMENT));
            assertThatItIs("t1");
            assertThat(behind).as("fresh").isEmpty();

            clock.advance(MOMENT);
            assertThatItIs("t1");
            assertThatItIs("t1");
            assertThat(behind).as("stale: one renewal behind").hasSize(1);

            clock.advance(Duration.ofSeconds(early).minus(MOMENT));
            assertThatItIs("t1");
            assertThat(fetches).hasValue(1);

            clock.advance(MOMENT);
            assertThatItIs("t2");
            assertThat(fetches)
                    .as("expired: whoever comes makes the renewal that waits for a thread")
                    .hasValue(2);
            behind.remove().run();
            assertThat(fetches).as("and the thread finds nothing left to do").hasValue(2);
        }

        @Test
        void isRenewedBehindThoseWhoUseIt() {
            assertThatItIs("t1");
            clock.advance(HOUR.minusSeconds(60));
            assertThatItIs("t1");
            behind.remove().run();

            assertThatItIs("t2");
            assertThat(behind).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"300,3600,300", "3600,86400,3600", "0,100,0", "90,100,50", "3600,300,150"})
        void isRenewedWhenItIsConfiguredTo(int configured, int lifetime, int early) {
            RenewableToken other = token(Duration.ofSeconds(configured), behind::add);
            life = Duration.ofSeconds(lifetime);
            other.get();
            clock.advance(life.minusSeconds(early).minus(MOMENT));
            other.get();
            assertThat(behind).isEmpty();

            clock.advance(MOMENT);
            other.get();
            assertThat(fetches.get() + behind.size()).isEqualTo(2);
        }

        @Test
        void withoutALifetimeLastsFiveMinutes() {
            life = null;
            assertThatItIs("t1");
            clock.advance(Duration.ofMinutes(5).minus(MOMENT));
            assertThatItIs("t1");
            clock.advance(MOMENT);
            assertThatItIs("t2");
        }

        @Test
        void countsFromTheBeginningOfItsRequest() {
            answer = () -> {
                TokenResult asked = next();
                clock.advance(Duration.ofMinutes(59));
                return asked;
            };
            assertThatItIs("t1");
            clock.advance(Duration.ofMinutes(1).minus(MOMENT));
            assertThatItIs("t1");
            clock.advance(MOMENT);
            assertThatItIs("t2");
        }

        @Test
        void thatIsOverWhenItComesIsNone() {
            answer = () -> {
                TokenResult asked = next();
                clock.advance(HOUR);
                return asked;
            };

            assertThatItIs("the token was over when it came");
            assertThatItIs("the token was over when it came");
            assertThat(fetches).as("no loop").hasValue(1);
        }

        @Test
        void endsWithWhatItWasGotFor() {
            RenewableToken other = token(null, clock.instant().plusSeconds(30), behind::add);
            assertThat(value(other.get())).isEqualTo("t1");
            clock.advance(Duration.ofSeconds(30).minus(MOMENT));
            assertThat(value(other.get())).isEqualTo("t1");
            assertThat(behind).isEmpty();

            clock.advance(MOMENT);
            assertThat(value(other.get())).isEqualTo("the token was over when it came");
        }
    }

    @Nested
    class AfterAFailure {

        @Test
        void everybodyHearsTheSameUntilThePauseIsOver() {
            answer = () -> INVALID_GRANT;
            assertThat(token.get()).isEqualTo(INVALID_GRANT);
            answer = RenewableTokenTest.this::next;
            clock.advance(PAUSE.minus(MOMENT));
            for (int i = 0; i < 100; i++) {
                assertThat(token.get()).isEqualTo(INVALID_GRANT);
            }
            assertThat(fetches).hasValue(1);

            clock.advance(MOMENT);
            assertThatItIs("t2");
        }

        @Test
        void aTokenThatIsNotOverIsUsedOn() {
            token.get();
            answer = () -> OUTAGE;
            clock.advance(HOUR.minusSeconds(30));
            assertThatItIs("t1");
            behind.remove().run();
            assertThatItIs("t1");
            assertThat(behind).as("nobody asks in the pause").isEmpty();

            clock.advance(PAUSE);
            assertThatItIs("t1");
            assertThat(behind).hasSize(1);

            clock.advance(Duration.ofSeconds(20));
            assertThatItIs(OUTAGE.problem());
        }

        @Test
        void theLogTellsOfChangesOfState() {
            answer = () -> OUTAGE;
            for (int i = 0; i < 3; i++) {
                token.get();
                clock.advance(PAUSE);
            }
            answer = RenewableTokenTest.this::next;
            token.get();
            clock.advance(HOUR);
            answer = () -> OUTAGE;
            token.get();

            assertThat(heard)
                    .containsExactly(
                            "first " + OUTAGE.problem(),
                            "still " + OUTAGE.problem(),
                            "still " + OUTAGE.problem(),
                            "at last 3600",
                            "first " + OUTAGE.problem());
        }

        @Test
        void ofTheSourceItselfNothingIsRepeatedButItsType() {
            answer = () -> {
                throw new IllegalStateException("s3cret");
            };

            assertThatItIs("the renewal ended with java.lang.IllegalStateException");
        }
    }

    @Nested
    class ARefusedToken {

        @Test
        void isRenewedAtOnce() {
            token.get();

            assertThat(token.renewAfterRefusal("t1")).isTrue();
            assertThatItIs("t2");
            assertThat(fetches).hasValue(2);
        }

        /** Whoever complains waits for the renewal; for all others the token is as good as ever. */
        @Test
        @Timeout(30)
        void holdsUpNobodyElse() throws Exception {
            token.get();
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            answer = () -> {
                asked.countDown();
                try {
                    release.await();
                } catch (InterruptedException ending) {
                    throw new AssertionError(ending);
                }
                return next();
            };
            CompletableFuture<Boolean> complaint = CompletableFuture.supplyAsync(() -> token.renewAfterRefusal("t1"));
            asked.await();

            assertThatItIs("t1");
            release.countDown();
            assertThat(complaint.get()).isTrue();
            assertThatItIs("t2");
            assertThat(fetches).hasValue(2);
        }

        @Test
        void isRenewedOnlyWhereItIsStillTheCurrentOne() {
            token.get();
            token.renewAfterRefusal("t1");

            for (int i = 0; i < 50; i++) {
                clock.advance(PAUSE);
                assertThat(token.renewAfterRefusal("t1")).as("there is another").isTrue();
            }
            assertThat(fetches).hasValue(2);
            assertThatItIs("t2");
        }

        @Test
        void isRenewedNoMoreThanOnceInFiveSeconds() {
            for (int i = 0; i < 1000; i++) {
                token.renewAfterRefusal(value(token.get()));
                clock.advance(Duration.ofMillis(100));
            }

            assertThat(fetches)
                    .as("the first, one more at once, then one in five seconds")
                    .hasValue(21);
        }

        @Test
        void whoseSuccessorIsTheSameIsNotSentAgain() {
            answer = () -> TokenAnswers.granted("same", clock.instant(), HOUR);
            token.get();

            assertThat(token.renewAfterRefusal("same")).isFalse();
            assertThat(fetches).hasValue(2);
            assertThat(token.renewAfterRefusal("same")).isFalse();
            assertThat(fetches).hasValue(2);
        }

        @Test
        void isUsedOnElsewhereWhileItCannotBeRenewed() {
            token.get();
            answer = () -> OUTAGE;

            assertThat(token.renewAfterRefusal("t1")).isFalse();
            assertThatItIs("t1");
            clock.advance(PAUSE.minus(MOMENT));
            assertThat(token.renewAfterRefusal("t1")).isFalse();
            assertThat(fetches).as("not in the pause after a failure").hasValue(2);

            clock.advance(MOMENT);
            answer = RenewableTokenTest.this::next;
            assertThat(token.renewAfterRefusal("t1")).isTrue();
            assertThatItIs("t3");
        }
    }

    @Nested
    class ManyAtOnce {

        private final List<Thread> threads = new ArrayList<>();

        /** Starts 64, waits until all of them wait for something, lets the one renewal end, and waits for all. */
        private <T> List<T> all(CountDownLatch release, Callable<T> call) throws Exception {
            List<T> got = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 64; i++) {
                Thread thread = new Thread(() -> add(got, call));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            release.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            return got;
        }

        private static <T> void add(List<T> got, Callable<T> call) {
            try {
                got.add(call.call());
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }

        private void answerAfter(CountDownLatch release, Supplier<TokenResult> then) {
            answer = () -> {
                try {
                    release.await();
                } catch (InterruptedException ending) {
                    throw new AssertionError(ending);
                }
                return then.get();
            };
        }

        @Test
        void makeOneRequest() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            answerAfter(release, RenewableTokenTest.this::next);

            assertThat(all(release, () -> value(token.get()))).isEqualTo(Collections.nCopies(64, "t1"));
            assertThat(fetches).hasValue(1);
        }

        @Test
        void shareAFailure() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            answerAfter(release, () -> INVALID_GRANT);

            assertThat(all(release, token::get)).isEqualTo(Collections.nCopies(64, INVALID_GRANT));
            assertThat(fetches).hasValue(1);
        }

        @Test
        void whoWereRefusedWithTheSameTokenShareItsRenewal() throws Exception {
            token.get();
            CountDownLatch release = new CountDownLatch(1);
            answerAfter(release, RenewableTokenTest.this::next);

            assertThat(all(release, () -> token.renewAfterRefusal("t1"))).isEqualTo(Collections.nCopies(64, true));
            assertThat(fetches).hasValue(2);
            assertThatItIs("t2");
        }

        @Test
        void doNotWaitForAThreadThatIsRefused() {
            RenewableToken closing = token(null, task -> {
                throw new RejectedExecutionException("closing");
            });
            closing.get();
            clock.advance(HOUR.minusSeconds(1));

            assertThat(value(closing.get())).isEqualTo("t1");
            clock.advance(Duration.ofSeconds(1));
            assertThat(value(closing.get())).isEqualTo("t2");
        }

        @Test
        void areLetGoWhenTheyAreInterrupted() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            answerAfter(release, RenewableTokenTest.this::next);
            Thread renewing = new Thread(token::get);
            renewing.start();
            while (renewing.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            Thread.currentThread().interrupt();
            assertThatItIs("the wait for a token was broken off");
            assertThat(Thread.interrupted()).isTrue();

            release.countDown();
            renewing.join();
            assertThatItIs("t1");
        }
    }

    @Test
    void hidesTheToken() {
        token.get();

        assertThat(token.toString() + heard).doesNotContain("t1");
    }
}
