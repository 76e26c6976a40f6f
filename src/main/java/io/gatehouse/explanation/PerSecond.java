package io.gatehouse.explanation;

import java.time.Instant;

/** Lets so many things pass in each second of the clock. Thread-safe. */
final class PerSecond {

    private final int most;
    private long second = Long.MIN_VALUE;
    private int passed;

    PerSecond(int most) {
        this.most = most;
    }

    synchronized boolean mayPass(Instant now) {
        long current = now.getEpochSecond();
        if (current != second) {
            second = current;
            passed = 0;
        }
        return passed++ < most;
    }
}
