package io.gatehouse.keys;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for a fetch that may not be made yet: so many at most. Who comes for the first time makes room by
 * sending away the one of his kind who has waited longest; who comes again is not sent away. Thread-safe.
 */
final class WaitingPlaces {

    /** How a wait ended. */
    enum Outcome {
        /** A fetch is over. */
        FETCHED,
        /** Others wanted the place. */
        SENT_AWAY,
        /** Nothing happened. */
        TIME_UP
    }

    /** How a thread waits: in real time, but for tests. */
    interface Patience {
        /** The value, or null when the time is up before it is there. */
        <T> @Nullable T await(CompletableFuture<T> value, Duration atMost);
    }

    static final int FOR_STRANGERS = 64;
    static final int FOR_RETURNING = 192;

    private final Patience patience;
    private final Deque<CompletableFuture<Outcome>> strangers = new ArrayDeque<>();
    private final Deque<CompletableFuture<Outcome>> returning = new ArrayDeque<>();

    WaitingPlaces(Patience patience) {
        this.patience = patience;
    }

    Outcome awaitAsStranger(Duration atMost) {
        CompletableFuture<Outcome> place = new CompletableFuture<>();
        CompletableFuture<Outcome> longest;
        synchronized (this) {
            longest = strangers.size() < FOR_STRANGERS ? null : strangers.pollFirst();
            strangers.addLast(place);
        }
        if (longest != null) {
            longest.complete(Outcome.SENT_AWAY);
        }
        return await(place, strangers, atMost);
    }

    Outcome awaitAsReturning(Duration atMost) {
        CompletableFuture<Outcome> place = new CompletableFuture<>();
        synchronized (this) {
            if (returning.size() >= FOR_RETURNING) {
                return Outcome.SENT_AWAY;
            }
            returning.addLast(place);
        }
        return await(place, returning, atMost);
    }

    private Outcome await(CompletableFuture<Outcome> place, Deque<CompletableFuture<Outcome>> queue, Duration atMost) {
        try {
            Outcome outcome = patience.await(place, atMost);
            return outcome == null ? Outcome.TIME_UP : outcome;
        } finally {
            synchronized (this) {
                queue.removeIf(other -> other == place);
            }
        }
    }

    /** Ends every wait: a fetch is over. */
    void fetched() {
        List<CompletableFuture<Outcome>> all;
        synchronized (this) {
            strangers.addAll(returning);
            all = List.copyOf(strangers);
            strangers.clear();
            returning.clear();
        }
        all.forEach(place -> place.complete(Outcome.FETCHED));
    }

    /** Waits as threads do. An interrupt ends the wait, and is passed on. */
    static final class RealTime implements Patience {
        @Override
        public <T> @Nullable T await(CompletableFuture<T> value, Duration atMost) {
            try {
                return value.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException timeUp) {
                return null;
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return null;
            } catch (ExecutionException never) {
                throw new IllegalStateException(never);
            }
        }
    }
}
