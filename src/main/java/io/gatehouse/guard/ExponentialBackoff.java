package io.gatehouse.guard;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Pauses that double with each failure in a row, up to a longest one. Up to half of each is left out by chance, so that
 * those who failed together do not come back together. Stateless but for its source of chance; thread-safe.
 */
public final class ExponentialBackoff {

    /** More doublings than it takes from a nanosecond to a day, and few enough for any pause to be multiplied by. */
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;

    /**
     * These pauses.
     *
     * @param random from 0, for half of the pause, to 1, for all of it
     */
    public ExponentialBackoff(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** Numbers from 0 to 1 that nobody can foresee well enough to come at the same time. */
    public static DoubleSupplier chance() {
        return () -> ThreadLocalRandom.current().nextDouble();
    }

    /** The pause after so many failures in a row, from 1. */
    public Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration full = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofNanos((long) (full.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }
}
