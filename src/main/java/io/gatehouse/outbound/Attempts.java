package io.gatehouse.outbound;

import io.gatehouse.http.FetchResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Makes an exchange again where that can do no harm and may help: the server has put us off, or there was no connection
 * yet. All attempts and pauses lie before one deadline. Thread-safe.
 */
final class Attempts {

    private static final int MOST = 5;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Lets time go by. */
    interface Pause {
        void over(Duration duration) throws InterruptedException;
    }

    /** What a second request would do to the first one, if the server has done what that asked for. */
    enum Repetition {
        /** Nothing: whatever it gives out, it gives out again. */
        HARMLESS,
        /** Harm: what was sent is used up by the first (a code, a refresh token that is replaced). */
        HARMFUL
    }

    private final Clock clock;
    private final Pause pause;
    private final DoubleSupplier random;

    Attempts(Clock clock, Pause pause, DoubleSupplier random) {
        this.clock = clock;
        this.pause = pause;
        this.random = random;
    }

    /** On the thread's own time. */
    static Attempts of(Clock clock) {
        return new Attempts(clock, duration -> Thread.sleep(duration.toMillis()), () -> ThreadLocalRandom.current()
                .nextDouble());
    }

    /** The answer to the last attempt. */
    FetchResult make(Supplier<FetchResult> exchange, Repetition repetition, Instant end, BooleanSupplier wanted) {
        FetchResult result = exchange.get();
        for (int made = 1; made < MOST; made++) {
            Optional<Duration> wait = waitAfter(result, repetition, made);
            if (wait.isEmpty() || !clock.instant().plus(wait.get()).isBefore(end) || !isOver(wait.get(), wanted)) {
                return result;
            }
            result = exchange.get();
        }
        return result;
    }

    /** How long to wait before the next attempt; empty where there must be none. */
    private Optional<Duration> waitAfter(FetchResult result, Repetition repetition, int made) {
        return result.match(
                ok -> Optional.empty(),
                refused -> isPutOff(refused, repetition) ? Optional.of(wait(refused, made)) : Optional.empty(),
                unreachable ->
                        unreachable.passing() && !unreachable.sent() ? Optional.of(backoff(made)) : Optional.empty());
    }

    /** A 503 may come from a proxy whose connection broke after the server had seen it all: unless it says when to return. */
    private static boolean isPutOff(FetchResult.Refused refused, Repetition repetition) {
        return refused.status() == TOO_MANY_REQUESTS
                || (refused.status() == SERVICE_UNAVAILABLE
                        && (repetition == Repetition.HARMLESS || refused.retryAfter() != null));
    }

    /** Not at once, whatever the server says. */
    private Duration wait(FetchResult.Refused refused, int made) {
        Duration said = refused.retryAfter();
        return said != null && said.compareTo(FIRST) > 0 ? said : backoff(made);
    }

    /** A random part of a time that doubles, so that those who failed together do not come back together. */
    private Duration backoff(int made) {
        Duration most = FIRST.multipliedBy(1L << made);
        Duration capped = most.compareTo(LONGEST) > 0 ? LONGEST : most;
        return Duration.ofNanos((long) (capped.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }

    private boolean isOver(Duration wait, BooleanSupplier wanted) {
        try {
            pause.over(wait);
            return wanted.getAsBoolean();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
