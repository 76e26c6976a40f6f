package io.gatehouse.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Says when a line is due again that others can bring about: callers must not fill the log. Thread-safe. */
public final class Reminder {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Duration pause;
    private final Clock clock;
    private final AtomicReference<Instant> due = new AtomicReference<>(Instant.MIN);

    private Reminder(Duration pause, Clock clock) {
        this.pause = pause;
        this.clock = clock;
    }

    /** For a line that is there once a minute at most. */
    public static Reminder everyMinute(Clock clock) {
        return new Reminder(MINUTE, clock);
    }

    /** Whether to say it now; whoever is told yes is the only one until the pause is over. */
    public boolean isDue() {
        Instant now = clock.instant();
        Instant before = due.get();
        return !now.isBefore(before) && due.compareAndSet(before, now.plus(pause));
    }
}
