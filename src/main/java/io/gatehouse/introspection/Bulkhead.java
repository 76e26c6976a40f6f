package io.gatehouse.introspection;

import io.gatehouse.introspection.IntrospectionSettings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the threads that one authorization server can hold. While it answers, many may wait for it. Once it is silent,
 * with calls under way and no answer to any of them for a while, only a few may go on waiting, to find out when it is
 * back; the others are let go, and whoever comes is sent away at once.
 *
 * <p>It is the requests' own threads that wait, and a server may have no more than a handful when it is idle: a larger
 * number that waits for a timeout would hold up everybody, also those who want nothing of the authorization server.
 *
 * <p>Thread-safe.
 */
final class Bulkhead {

    /** How often a thread that waits looks whether it still should. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** How often it looks for its turn: enough for a burst. */
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

    /** A failed call is news for somewhat longer than the server is left alone for it: until the next one is over. */
    private boolean isRemembered() {
        return failedLast != null
                && clock.instant().isBefore(failedLast.plus(limits.pause().multipliedBy(2)));
    }

    /** A call begins: the first of a possible silence, if no other is under way or known to have ended in one. */
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

    private void end(boolean unanswered, Instant begun) {
        synchronized (lock) {
            underWay--;
            Instant now = clock.instant();
            // A connection that is refused at once is a failure, but it holds nobody.
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
        private boolean unanswered;

        /** Whether the thread may wait, or go on waiting. */
        boolean mayWait() {
            if (!patient && isSilent()) {
                patient = patience.tryAcquire();
                return patient;
            }
            return true;
        }

        /** Waits until the thread may call the server; null when it may. */
        @Nullable IntrospectionResponse turn() throws InterruptedException {
            for (int look = 0; look < LOOKS_FOR_A_TURN; look++) {
                if (!mayWait()) {
                    return silent();
                }
                if (turns.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    begun = begin();
                    return null;
                }
            }
            return new IntrospectionResponse.NotAsked("too many calls are under way");
        }

        /** The call is sent. */
        void sent() {
            unanswered = true;
        }

        /** The server has said something, whatever it is. */
        void answered() {
            unanswered = false;
            answer();
        }

        /** Waits for the answer to somebody else's call. */
        IntrospectionResponse await(Future<IntrospectionResponse> call) throws InterruptedException {
            IntrospectionResponse response = null;
            while (response == null) {
                response = mayWait() ? look(call) : silent();
            }
            return response;
        }

        private @Nullable IntrospectionResponse look(Future<IntrospectionResponse> call) throws InterruptedException {
            try {
                return call.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                return null;
            } catch (ExecutionException broken) {
                throw new IllegalStateException("calls end with a response", broken);
            }
        }

        private IntrospectionResponse silent() {
            return new IntrospectionResponse.Failed("it has not answered anybody for a while", limits.pause());
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
