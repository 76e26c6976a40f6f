package io.gatehouse.keys;

import static io.gatehouse.keys.WaitingPlaces.Outcome.FETCHED;
import static io.gatehouse.keys.WaitingPlaces.Outcome.SENT_AWAY;
import static io.gatehouse.keys.WaitingPlaces.Outcome.TIME_UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingPlacesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Recorder recorder = new Recorder();
    private final WaitingPlaces places = new WaitingPlaces(recorder);

    /** Lets nobody wait but the test itself: it does what comes next while the first waiter waits. */
    private static final class Recorder implements WaitingPlaces.Patience {
        private final List<CompletableFuture<?>> waiting = new ArrayList<>();
        private Function<Integer, Runnable> meanwhile = depth -> () -> {};

        @Override
        public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
            waiting.add(value);
            meanwhile.apply(waiting.size()).run();
            return value.getNow(null);
        }
    }

    private void whileWaiting(int waiters, Runnable next, Runnable last) {
        recorder.meanwhile = depth -> depth < waiters ? next : depth == waiters ? last : () -> {};
    }

    @Test
    void tellsAllOfAFetch() {
        List<WaitingPlaces.Outcome> outcomes = new ArrayList<>();
        whileWaiting(3, () -> outcomes.add(places.awaitAsReturning(LONG)), places::fetched);

        outcomes.add(places.awaitAsStranger(LONG));
        assertThat(outcomes).containsExactly(FETCHED, FETCHED, FETCHED);
    }

    @Test
    void tellsWhenTheTimeIsUp() {
        assertThat(places.awaitAsStranger(LONG)).isEqualTo(TIME_UP);
        assertThat(places.awaitAsReturning(LONG)).isEqualTo(TIME_UP);
    }

    @Test
    void sendsTheStrangerAwayWhoHasWaitedLongestWhenAllPlacesAreTaken() {
        List<WaitingPlaces.Outcome> outcomes = new ArrayList<>();
        whileWaiting(
                WaitingPlaces.FOR_STRANGERS + 1, () -> outcomes.add(places.awaitAsStranger(LONG)), places::fetched);

        WaitingPlaces.Outcome first = places.awaitAsStranger(LONG);
        assertThat(first).isEqualTo(SENT_AWAY);
        assertThat(outcomes).hasSize(WaitingPlaces.FOR_STRANGERS).containsOnly(FETCHED);
    }

    @Test
    void doesNotSendThoseAwayWhoReturnHoweverManyStrangersCome() {
        whileWaiting(WaitingPlaces.FOR_STRANGERS * 2, () -> places.awaitAsStranger(LONG), places::fetched);
        assertThat(places.awaitAsReturning(LONG)).isEqualTo(FETCHED);
    }

    @Test
    void hasNoPlaceForEverybodyWhoReturns() {
        List<WaitingPlaces.Outcome> outcomes = new ArrayList<>();
        whileWaiting(
                WaitingPlaces.FOR_RETURNING,
                () -> outcomes.add(places.awaitAsReturning(LONG)),
                () -> outcomes.add(places.awaitAsReturning(LONG)));

        places.awaitAsReturning(LONG);
        assertThat(outcomes).hasSize(WaitingPlaces.FOR_RETURNING).contains(SENT_AWAY, TIME_UP);
        assertThat(outcomes.get(0)).isEqualTo(SENT_AWAY);
    }

    @Test
    void freesAPlaceWhenAWaitEnds() {
        for (int i = 0; i < WaitingPlaces.FOR_RETURNING * 2; i++) {
            assertThat(places.awaitAsReturning(LONG)).isEqualTo(TIME_UP);
        }
    }
}
