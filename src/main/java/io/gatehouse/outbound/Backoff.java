package io.gatehouse.outbound;

import io.gatehouse.guard.ExponentialBackoff;
import java.time.Duration;
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
        return growing(ExponentialBackoff.chance());
    }

    /**
     * See {@link #growing()}.
     *
     * @param random see {@link ExponentialBackoff}
     */
    static Backoff growing(DoubleSupplier random) {
        ExponentialBackoff outage = new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), random);
        ExponentialBackoff refusal = new ExponentialBackoff(Duration.ofMinutes(5), Duration.ofMinutes(30), random);
        return (failure, inARow) -> {
            Duration pause = (failure instanceof TokenResult.Unreachable ? outage : refusal).after(inARow);
            Duration asked = failure.retryAfter().orElse(Duration.ZERO);
            Duration atLeast = asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
            return pause.compareTo(atLeast) < 0 ? atLeast : pause;
        };
    }
}
