package io.gatehouse.permission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: a random part of a time that doubles, so that those who failed together do
 * not come back together. Thread-safe.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** Lets time go by. */
    interface Pause {
        void over(Duration duration) throws InterruptedException;
    }

    private final int maximumAttempts;
    private final Duration deadline;
    private final Clock clock;
    private final Pause pause;
    private final DoubleSupplier random;

    Backoff(int maximumAttempts, Duration deadline, Clock clock, Pause pause, DoubleSupplier random) {
        this.maximumAttempts = maximumAttempts;
        this.deadline = deadline;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
    }

    /** On the thread's own time. */
    static Backoff of(int maximumAttempts, Duration deadline, Clock clock) {
        return new Backoff(
                maximumAttempts,
                deadline,
                clock,
                duration -> Thread.sleep(duration.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    Instant deadline() {
        return clock.instant().plus(deadline);
    }

    boolean isOver(Instant end) {
        return !clock.instant().isBefore(end);
    }

    /** Waits, if there may be another attempt after this many; says whether there may. */
    boolean again(int attempts, Instant end) throws InterruptedException {
        if (attempts >= maximumAttempts) {
            return false;
        }
        Duration most = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        Duration capped = most.compareTo(LONGEST) > 0 ? LONGEST : most;
        Duration wait = Duration.ofNanos((long) (capped.toNanos() * (0.5 + random.getAsDouble() / 2)));
        if (isOver(end.minus(wait))) {
            return false;
        }
        pause.over(wait);
        return true;
    }
}
