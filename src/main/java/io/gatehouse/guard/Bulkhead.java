package io.gatehouse.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the threads that one server can hold. While it answers, many may wait for it. Once it is silent,
 * with calls under way and no answer to any of them for a while, only a few may go on waiting, to find out when it is
 * back; the others are let go, and whoever comes is sent away at once.
 *
 * <p>It is the requests' own threads that wait, and a server may have no more than a handful when it is idle: a larger
 * number that waits for a timeout would hold up everybody, also those who want nothing of that server.
 *
 * <p>Thread-safe.
 */
public final class Bulkhead {

    /** How often a thread that waits looks whether it still should. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** How often it looks for its turn: enough for a burst. */
    private static final int LOOKS_FOR_A_TURN = 10;

    /**
     * What a server may cost.
     *
     * @param maximumConcurrency calls under way at once; a further one waits for a second at most
     * @param stalledAfter how long no call may be answered until hardly anybody waits for the server any more
     * @param pause how long the server is left alone when it fails: for twice as long it is known to have been silent
     */
    public record Limits(int maximumConcurrency, Duration stalledAfter, Duration pause) {}

    /** Whether a thread may call the server. */
    public enum Turn {
        /** It may. */
        GIVEN,
        /** The server is silent, and others wait for it already. */
        SILENT,
        /** The server answers, but has enough to do. */
        TOO_MANY
    }

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
    public Bulkhead(Limits limits, int patient, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.turns = new Semaphore(limits.maximumConcurrency());
        this.patience = new Semaphore(patient);
    }

    /** One thread for each processor may wait for a silent server: half of those that an idle Open Liberty has. */
    public static Bulkhead of(Limits limits, Clock clock) {
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
    public Place place() {
        return new Place();
    }

    /** How one thread waits. For that thread only. */
    public final class Place implements AutoCloseable {

        private boolean patient;
        private @Nullable Instant begun;
        private boolean unanswered;

        /** Whether the thread may wait, or go on waiting. */
        public boolean mayWait() {
            if (!patient && isSilent()) {
                patient = patience.tryAcquire();
                return patient;
            }
            return true;
        }

        /** Waits until the thread may call the server, at most a second. */
        public Turn turn() throws InterruptedException {
            for (int look = 0; look < LOOKS_FOR_A_TURN; look++) {
                if (!mayWait()) {
                    return Turn.SILENT;
                }
                if (turns.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    begun = begin();
                    return Turn.GIVEN;
                }
            }
            return Turn.TOO_MANY;
        }

        /**
         * Makes a call.
         *
         * @param isAnswer whether the server has said something, whatever it is
         */
        public <T> T call(Supplier<T> exchange, Predicate<? super T> isAnswer) {
            sent();
            T result = exchange.get();
            if (isAnswer.test(result)) {
                answered();
            }
            return result;
        }

        void sent() {
            unanswered = true;
        }

        void answered() {
            unanswered = false;
            answer();
        }

        /** Waits for what another thread's call brings, which never is an exception; empty if the server is silent. */
        public <T> Optional<T> await(Future<T> call) throws InterruptedException {
            Optional<T> answer = Optional.empty();
            while (answer.isEmpty() && mayWait()) {
                answer = look(call);
            }
            return answer;
        }

        private <T> Optional<T> look(Future<T> call) throws InterruptedException {
            try {
                return Optional.of(call.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException notYet) {
                return Optional.empty();
            } catch (ExecutionException broken) {
                throw new IllegalStateException("calls end with an answer", broken);
            }
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
