package io.gatehouse.outbound;

import io.gatehouse.guard.ExponentialBackoff;
import io.gatehouse.guard.Pause;
import io.gatehouse.http.FetchResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

    /** Not at once, whatever the server says. */
    private static final Duration LEAST = Duration.ofMillis(250);

    /** What a second request would do to the first one, if the server has done what that asked for. */
    enum Repetition {
        /** Nothing: whatever it gives out, it gives out again. */
        HARMLESS,
        /** Harm: what was sent is used up by the first (a code, a refresh token that is replaced). */
        HARMFUL
    }

    private final Clock clock;
    private final Pause pause;
    private final ExponentialBackoff backoff;

    Attempts(Clock clock, Pause pause, DoubleSupplier random) {
        this.clock = clock;
        this.pause = pause;
        this.backoff = new ExponentialBackoff(Duration.ofMillis(500), Duration.ofSeconds(5), random);
    }

    /** On the thread's own time. */
    static Attempts of(Clock clock) {
        return new Attempts(clock, Pause.real(), ExponentialBackoff.chance());
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
                unreachable -> unreachable.passing() && !unreachable.sent()
                        ? Optional.of(backoff.after(made))
                        : Optional.empty());
    }

    /** A 503 may come from a proxy whose connection broke after the server had seen it all: unless it says when to return. */
    private static boolean isPutOff(FetchResult.Refused refused, Repetition repetition) {
        return refused.status() == TOO_MANY_REQUESTS
                || (refused.status() == SERVICE_UNAVAILABLE
                        && (repetition == Repetition.HARMLESS || refused.retryAfter() != null));
    }

    private Duration wait(FetchResult.Refused refused, int made) {
        Duration said = refused.retryAfter();
        return said != null && said.compareTo(LEAST) > 0 ? said : backoff.after(made);
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
