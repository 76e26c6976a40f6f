package io.gatehouse.token;

import java.time.Duration;

/**
 * How tokens are remembered that were found to be valid.
 *
 * @param lifetime how long each of them, and never past what it says about time itself; zero for not at all
 * @param maximumSize how many at most; fewer, where they are long
 * @param tokensKept whether they are known again by themselves, or else by their SHA-256: that takes a quarter of the
 *     memory, and far more time than to compare
 */
public record TokenMemorySettings(Duration lifetime, int maximumSize, boolean tokensKept) {

    public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);

    public static final int DEFAULT_MAXIMUM_SIZE = 10_000;

    public TokenMemorySettings {
        if (lifetime.isNegative() || maximumSize <= 0) {
            throw new IllegalArgumentException("negative lifetime, or no place");
        }
    }

    /** What is in force where nothing is configured. */
    public static TokenMemorySettings defaults() {
        return new TokenMemorySettings(DEFAULT_LIFETIME, DEFAULT_MAXIMUM_SIZE, true);
    }

    /** Each token is verified each time. */
    public static TokenMemorySettings none() {
        return new TokenMemorySettings(Duration.ZERO, 1, true);
    }
}
