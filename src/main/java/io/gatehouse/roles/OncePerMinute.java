package io.gatehouse.roles;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Lets a line into the log, and the next one a minute later at the earliest. Thread-safe. */
final class OncePerMinute {

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Clock clock;
    private final AtomicReference<Instant> nextLine = new AtomicReference<>(Instant.MIN);

    OncePerMinute(Clock clock) {
        this.clock = clock;
    }

    boolean mayTell() {
        Instant now = clock.instant();
        Instant next = nextLine.get();
        return !now.isBefore(next) && nextLine.compareAndSet(next, now.plus(BETWEEN_LINES));
    }
}
