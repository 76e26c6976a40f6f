package io.gatehouse.explanation;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts the refusals of one code, so that the log tells of the first one at once and then of all of them once a minute.
 * Thread-safe.
 */
final class MinuteCount {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** In place of a number: nothing is to be told now. */
    static final int NOTHING = -1;

    private Instant over = Instant.MIN;
    private int untold;

    /** Takes note of one more. Answers how many were not told before it, if it is to be told now, or {@link #NOTHING}. */
    synchronized int add(Instant now) {
        if (now.isBefore(over)) {
            untold++;
            return NOTHING;
        }
        int before = untold;
        untold = 0;
        over = now.plus(MINUTE);
        return before;
    }

    /** How many are still to be told, if their minute is over; {@link #NOTHING} where there are none. */
    synchronized int takeIfOver(Instant now) {
        return now.isBefore(over) ? NOTHING : take();
    }

    synchronized boolean hasUntold() {
        return untold > 0;
    }

    /** How many are still to be told, whenever it was. */
    synchronized int take() {
        int before = untold;
        untold = 0;
        return before == 0 ? NOTHING : before;
    }
}
