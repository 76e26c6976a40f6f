package io.gatehouse.basic;

import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few hashes be computed at a time, because anybody can ask for one: half of the processors and a quarter of the
 * memory are the most that they get. Those who find no turn are told to come back. Thread-safe.
 */
final class HashingTurns {

    private static final System.Logger LOG = ApplicationLog.of(HashingTurns.class);

    /** How long a call may wait for its turn: enough for a burst. */
    private static final Duration TURN = Duration.ofSeconds(2);

    /** How many threads may do so: the server has others to serve. */
    private static final int MAXIMUM_WAITING = 50;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int SHARE_OF_MEMORY = 4;

    private final Semaphore turns;
    private final Duration patience;
    private final Reminder reports;

    HashingTurns(int count, Duration patience, Clock clock) {
        this.turns = new Semaphore(count, true);
        this.patience = patience;
        this.reports = Reminder.everyMinute(clock);
    }

    /** As many as this machine can take of these. */
    static HashingTurns of(Collection<PasswordHash> hashes, Clock clock) {
        long largest =
                hashes.stream().mapToLong(PasswordHash::memoryBytes).max().orElse(0);
        Runtime machine = Runtime.getRuntime();
        return new HashingTurns(count(machine.availableProcessors(), machine.maxMemory(), largest), TURN, clock);
    }

    static int count(int processors, long memory, long largestHash) {
        long byMemory = largestHash == 0 ? Long.MAX_VALUE : memory / SHARE_OF_MEMORY / largestHash;
        return (int) Math.max(1, Math.min((processors + 1) / 2, byMemory));
    }

    PasswordResult take(Supplier<PasswordResult> work) {
        if (!isMyTurn()) {
            report();
            return new PasswordResult.Unavailable(PAUSE);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private boolean isMyTurn() {
        try {
            return turns.getQueueLength() < MAXIMUM_WAITING
                    && turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void report() {
        if (reports.isDue()) {
            LOG.log(WARNING, "GATE0208 more passwords are to be checked than this machine can; some callers get 503");
        }
    }
}
