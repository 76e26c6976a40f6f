package io.gatehouse.permission;

import io.gatehouse.permission.PermissionSettings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the threads that the server can hold: many while it answers, and only a few once it is silent, with questions
 * under way and no answer to any of them for a while. They are the requests' own threads, and an idle application server
 * has no more than a handful.
 *
 * <p>Thread-safe.
 */
final class Bulkhead {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOOKS_FOR_A_TURN = 10;

    private final Limits limits;
    private final Clock clock;
    private final Semaphore turns;
    private final Semaphore patience;
    private final Object lock = new Object();
    private int underWay;
    private @Nullable Instant silentSince;
    private @Nullable Instant failedLast;

    /**
     * A bulkhead before a server of which nothing is known yet.
     *
     * @param patient how many threads may wait for a silent server
     */
    Bulkhead(Limits limits, int patient, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.turns = new Semaphore(limits.maximumConcurrency());
        this.patience = new Semaphore(patient);
    }

    /** One thread for each processor may wait for a silent server: half of those that an idle Open Liberty has. */
    static Bulkhead of(Limits limits, Clock clock) {
        return new Bulkhead(limits, Math.max(2, Runtime.getRuntime().availableProcessors()), clock);
    }

    private boolean isSilent() {
        synchronized (lock) {
            return silentSince != null
                    && !clock.instant().isBefore(silentSince.plus(limits.stalledAfter()))
                    && (underWay > 0 || isRemembered());
        }
    }

    /** A failure is news for somewhat longer than the server is left alone for it: until the next one is over. */
    private boolean isRemembered() {
        return failedLast != null
                && clock.instant().isBefore(failedLast.plus(limits.pause().multipliedBy(2)));
    }

    private Instant begin() {
        synchronized (lock) {
            Instant now = clock.instant();
            if (underWay++ == 0 && !isRemembered()) {
                silentSince = now;
            }
            return now;
        }
    }

    private void answer() {
        synchronized (lock) {
            silentSince = clock.instant();
            failedLast = null;
        }
    }

    /** A connection that is refused at once is a failure, but it holds nobody. */
    private void end(boolean unanswered, Instant begun) {
        synchronized (lock) {
            underWay--;
            Instant now = clock.instant();
            if (unanswered && !now.isBefore(begun.plus(limits.stalledAfter()))) {
                failedLast = now;
            }
        }
    }

    /** A place for the thread that asks for it, and for no other. */
    Place place() {
        return new Place();
    }

    /** How one thread waits. For that thread only. */
    final class Place implements AutoCloseable {

        private boolean patient;
        private @Nullable Instant begun;
        private boolean unanswered = true;

        /** Whether the thread may wait, or go on waiting. */
        boolean mayWait() {
            if (!patient && isSilent()) {
                patient = patience.tryAcquire();
                return patient;
            }
            return true;
        }

        /** Waits until the thread may ask the server; false where it may not. */
        boolean turn() throws InterruptedException {
            for (int look = 0; look < LOOKS_FOR_A_TURN && mayWait(); look++) {
                if (turns.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    begun = begin();
                    return true;
                }
            }
            return false;
        }

        /** The server has said something, whatever it is. */
        void answered() {
            unanswered = false;
            answer();
        }

        @Override
        public void close() {
            if (patient) {
                patience.release();
            }
            if (begun != null) {
                end(unanswered, begun);
                turns.release();
            }
        }
    }
}
