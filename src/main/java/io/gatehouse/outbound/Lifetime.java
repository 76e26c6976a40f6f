package io.gatehouse.outbound;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a token is to be renewed, and when it is over. Immutable.
 *
 * @param staleAt from here on it is handed out, and renewed behind the back of those who get it
 * @param expiresAt from here on nobody gets it
 */
record Lifetime(Instant staleAt, Instant expiresAt) {

    /** What to think of a server that does not say how long its token lasts (RFC 6749 §5.1 only recommends it). */
    static final Duration UNSAID = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Renewed this long before the end, or a fifth of the lifetime before, whichever is less. */
    static final Duration RENEW_BEFORE_END = Duration.ofSeconds(60);

    /**
     * The lifetime of an answer, counted from when it was asked for.
     *
     * @param renewBefore how long before its end a token is renewed, but half its life at most: otherwise each one would be
     *     stale as soon as it comes, and renewed with each call; null for a minute or a fifth of its life, whichever is less
     */
    static Lifetime of(TokenResponse response, @Nullable Duration renewBefore) {
        Duration life = clamp(response.expiresIn() == null ? UNSAID : response.expiresIn());
        Duration early = renewBefore == null
                ? min(RENEW_BEFORE_END, Duration.ofSeconds(life.toSeconds() / 5))
                : min(renewBefore, life.dividedBy(2));
        Instant expiresAt = response.requestedAt().plus(life);
        return new Lifetime(expiresAt.minus(early), expiresAt);
    }

    /** This lifetime, but no longer than until then. */
    Lifetime until(Instant end) {
        return end.isBefore(expiresAt) ? new Lifetime(staleAt.isBefore(end) ? staleAt : end, end) : this;
    }

    boolean isStale(Instant now) {
        return !now.isBefore(staleAt);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(expiresAt);
    }

    private static Duration clamp(Duration life) {
        Duration atMost = min(life, LONGEST);
        return atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
