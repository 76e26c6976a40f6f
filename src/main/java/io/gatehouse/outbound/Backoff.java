package io.gatehouse.outbound;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** How long nobody asks again after a failure. Stateless but for its source of chance; thread-safe. */
@FunctionalInterface
interface Backoff {

    /** What {@code Retry-After} may ask for at most: a server's slip must not switch a client off for a year. */
    Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    /** The pause after this failure, which is the so many-th in a row, from 1. */
    Duration after(TokenResult.Failed failure, int inARow);

    /** The same pause after each failure. */
    static Backoff constant(Duration pause) {
        return (failure, inARow) -> pause;
    }

    /**
     * An outage: one second, doubled with each failure, a minute at most. A refusal is not over by itself: five minutes,
     * doubled, half an hour at most. Up to half of it is left out by chance, so that a crowd of clients does not come back as one;
     * and it is never shorter than {@code Retry-After}.
     */
    static Backoff growing() {
        return growing(() -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * See {@link #growing()}.
     *
     * @param chance from 0, inclusively, to 1
     */
    static Backoff growing(DoubleSupplier chance) {
        return (failure, inARow) -> {
            Duration full = failure instanceof TokenResult.Unreachable
                    ? doubled(Duration.ofSeconds(1), inARow, Duration.ofMinutes(1))
                    : doubled(Duration.ofMinutes(5), inARow, Duration.ofMinutes(30));
            Duration pause = full.minusMillis((long) (full.toMillis() * chance.getAsDouble() / 2));
            return max(pause, min(failure.retryAfter().orElse(Duration.ZERO), LONGEST_ASKED_FOR));
        };
    }

    private static Duration doubled(Duration first, int inARow, Duration most) {
        int doublings = Math.min(inARow - 1, 16);
        return min(first.multipliedBy(1L << doublings), most);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
