package io.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.guard.Bulkhead.Limits;
import io.gatehouse.guard.Bulkhead.Turn;
import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose threads a server may hold, and for how long. */
@Timeout(60)
class BulkheadTest {

    private static final Duration STALLED_AFTER = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final MutableClock clock = new MutableClock();
    private final Bulkhead bulkhead = new Bulkhead(new Limits(10, STALLED_AFTER, PAUSE), 2, clock);

    /** A thread that has sent its call and waits. */
    private Bulkhead.Place calling() throws InterruptedException {
        Bulkhead.Place place = bulkhead.place();
        assertThat(place.turn()).isEqualTo(Turn.GIVEN);
        place.sent();
        return place;
    }

    private List<Bulkhead.Place> calling(int count) throws InterruptedException {
        List<Bulkhead.Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(calling());
        }
        return places;
    }

    private static long waiting(List<Bulkhead.Place> places) {
        return places.stream().filter(Bulkhead.Place::mayWait).count();
    }

    private static void answer(Bulkhead.Place place) {
        place.answered();
        place.close();
    }

    @Nested
    class ASilentServer {

        @Test
        void holdsAFewThreadsOnly() throws InterruptedException {
            List<Bulkhead.Place> places = calling(10);
            clock.advance(STALLED_AFTER.minus(MOMENT));
            assertThat(waiting(places)).isEqualTo(10);

            clock.advance(MOMENT);
            assertThat(waiting(places)).isEqualTo(2);
            assertThat(waiting(places)).as("the same ones").isEqualTo(2);
        }

        @Test
        void isNotAskedByFurtherThreads() throws InterruptedException {
            List<Bulkhead.Place> places = calling(5);
            clock.advance(STALLED_AFTER);
            waiting(places);

            assertThat(bulkhead.place().turn()).isEqualTo(Turn.SILENT);
            assertThat(bulkhead.place().await(new CompletableFuture<>())).isEmpty();
        }

        @Test
        void isAskedByTheNextThreadWhenOneOfTheFewIsGone() throws InterruptedException {
            List<Bulkhead.Place> places = calling(2);
            clock.advance(STALLED_AFTER);
            waiting(places);
            assertThat(bulkhead.place().turn()).isEqualTo(Turn.SILENT);

            places.get(0).close();
            assertThat(bulkhead.place().turn()).isEqualTo(Turn.GIVEN);
        }

        /** One new token that many bring: one thread asks, and it is the others who are many. */
        @Test
        void holdsAFewOfThoseOnlyWhoWaitForAnotherOnesCall() throws InterruptedException {
            Bulkhead.Place asking = calling();
            List<Bulkhead.Place> others = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                others.add(bulkhead.place());
            }
            assertThat(waiting(others)).isEqualTo(100);

            clock.advance(STALLED_AFTER);
            assertThat(asking.mayWait()).isTrue();
            assertThat(waiting(others)).isEqualTo(1);
        }

        @Test
        void isStillSilentForTheCallAfterOneThatFailed() throws InterruptedException {
            Bulkhead.Place first = calling();
            clock.advance(PAUSE);
            first.close();
            clock.advance(PAUSE);

            assertThat(waiting(calling(10 - 8))).isEqualTo(2);
            assertThat(bulkhead.place().turn()).isEqualTo(Turn.SILENT);
        }

        @Test
        void isGivenAnotherChanceAfterALongWhile() throws InterruptedException {
            Bulkhead.Place first = calling();
            clock.advance(STALLED_AFTER);
            first.close();
            clock.advance(PAUSE.multipliedBy(2).minus(MOMENT));
            assertThat(waiting(List.of(bulkhead.place(), bulkhead.place(), bulkhead.place())))
                    .isEqualTo(2);

            clock.advance(MOMENT);
            assertThat(waiting(calling(10))).isEqualTo(10);
        }
    }

    @Nested
    class AServerThatAnswers {

        @Test
        void mayBeSlowAslongAsItAnswersSomebody() throws InterruptedException {
            List<Bulkhead.Place> places = calling(9);
            for (int i = 0; i < 100; i++) {
                Bulkhead.Place another = calling();
                clock.advance(STALLED_AFTER.minus(MOMENT));
                answer(another);
            }

            assertThat(waiting(places)).isEqualTo(9);
        }

        @Test
        void isNoLongerSilent() throws InterruptedException {
            List<Bulkhead.Place> places = calling(4);
            clock.advance(STALLED_AFTER);
            assertThat(waiting(places)).isEqualTo(2);

            places.get(0).answered();
            assertThat(waiting(places)).isEqualTo(4);
        }

        @Test
        void isNotTakenForSilentBecauseNobodyAsked() throws InterruptedException {
            answer(calling());
            clock.advance(Duration.ofDays(1));

            assertThat(waiting(calling(10))).isEqualTo(10);
        }

        @Test
        void isNotTakenForSilentBecauseACallFailedAtOnce() throws InterruptedException {
            calling().close();
            clock.advance(STALLED_AFTER);

            assertThat(waiting(calling(10))).isEqualTo(10);
        }

        @Test
        void isNotTakenForSilentBecauseWeSentNothing() throws InterruptedException {
            Bulkhead.Place unsent = bulkhead.place();
            assertThat(unsent.turn()).isEqualTo(Turn.GIVEN);
            clock.advance(STALLED_AFTER);
            unsent.close();

            assertThat(waiting(calling(10))).isEqualTo(10);
        }
    }

    @Test
    void soManyCallsMayRunAtOnceAndNoMore() throws InterruptedException {
        List<Bulkhead.Place> places = calling(10);
        assertThat(bulkhead.place().turn()).isEqualTo(Turn.TOO_MANY);

        answer(places.get(0));
        assertThat(bulkhead.place().turn()).isEqualTo(Turn.GIVEN);
    }

    @Nested
    class AThreadThatWaits {

        @Test
        void getsTheAnswer() throws InterruptedException {
            assertThat(bulkhead.place().await(CompletableFuture.completedFuture("an answer")))
                    .contains("an answer");
        }

        @Test
        void isLetGoWhenTheServerFallsSilent() throws Exception {
            List<Bulkhead.Place> few = calling(2);
            CompletableFuture<Optional<String>> response = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    response.complete(bulkhead.place().await(new CompletableFuture<>()));
                } catch (InterruptedException ended) {
                    response.completeExceptionally(ended);
                }
            });
            waiting.setDaemon(true);
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            clock.advance(STALLED_AFTER);
            waiting(few);

            assertThat(response.get())
                    .as("join() would not end with the test's time")
                    .isEmpty();
        }
    }
}
