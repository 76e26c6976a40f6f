package io.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialBackoffTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.05S, PT1S,  1, PT0.05S",
        "PT0.05S, PT1S,  2, PT0.1S",
        "PT0.05S, PT1S,  5, PT0.8S",
        "PT0.05S, PT1S,  6, PT1S",
        "PT1S,    PT1M,  6, PT32S",
        "PT1S,    PT1M,  7, PT1M",
        "PT1S,    PT1M,  2147483647, PT1M",
        "PT5M,    PT30M, 3, PT20M",
        "PT5M,    PT30M, 4, PT30M",
        "PT5M,    PT30M, 2147483647, PT30M",
        "PT2S,    PT1S,  1, PT1S"
    })
    void doublesUpToTheLongest(Duration first, Duration longest, int failures, Duration pause) {
        assertThat(new ExponentialBackoff(first, longest, () -> 1).after(failures))
                .isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"0, PT2S", "0.5, PT3S", "1, PT4S"})
    void leavesUpToAHalfToChance(double random, Duration pause) {
        assertThat(new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> random).after(3))
                .isEqualTo(pause);
    }

    /** The longest is shortened as well, or all would come back at once in the end. */
    @ParameterizedTest
    @CsvSource({"0, PT30S", "0.5, PT45S", "1, PT1M"})
    void leavesAHalfOfTheLongestToChanceAsWell(double random, Duration pause) {
        assertThat(new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> random).after(99))
                .isEqualTo(pause);
    }

    @Test
    void staysWithinTheHalfWithAChanceOfItsOwn() {
        ExponentialBackoff backoff =
                new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1), ExponentialBackoff.chance());

        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.after(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        }
    }
}
