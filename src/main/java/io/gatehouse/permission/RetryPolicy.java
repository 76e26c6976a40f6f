package io.gatehouse.permission;

import io.gatehouse.guard.ExponentialBackoff;
import io.gatehouse.guard.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/** How often a question may be asked, with which pauses, and until when. Thread-safe. */
final class RetryPolicy {

    private final int maximumAttempts;
    private final Duration deadline;
    private final Clock clock;
    private final Pause pause;
    private final ExponentialBackoff backoff;

    RetryPolicy(int maximumAttempts, Duration deadline, Clock clock, Pause pause, DoubleSupplier random) {
        this.maximumAttempts = maximumAttempts;
        this.deadline = deadline;
        this.clock = clock;
        this.pause = pause;
        this.backoff = new ExponentialBackoff(Duration.ofMillis(50), Duration.ofSeconds(1), random);
    }

    /** On the thread's own time. */
    static RetryPolicy of(int maximumAttempts, Duration deadline, Clock clock) {
        return new RetryPolicy(maximumAttempts, deadline, clock, Pause.real(), ExponentialBackoff.chance());
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
        Duration wait = backoff.after(attempts);
        if (isOver(end.minus(wait))) {
            return false;
        }
        pause.over(wait);
        return true;
    }
}
