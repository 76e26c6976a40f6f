package io.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff full = Backoff.growing(() -> 1);

    @ParameterizedTest
    @CsvSource({"1,PT1S", "2,PT2S", "3,PT4S", "6,PT32S", "7,PT1M", "8,PT1M", "1000000,PT1M"})
    void growsInAnOutageToAMinute(int inARow, Duration pause) {
        assertThat(full.after(TokenAnswers.OUTAGE, inARow)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"1,PT5M", "2,PT10M", "3,PT20M", "4,PT30M", "2147483647,PT30M"})
    void isLongAfterARefusal(int inARow, Duration pause) {
        assertThat(full.after(TokenAnswers.INVALID_GRANT, inARow)).isEqualTo(pause);
        assertThat(full.after(TokenAnswers.REJECTED, inARow)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"1,PT4S", "0.5,PT3S", "0,PT2S"})
    void leavesUpToAHalfToChance(double random, Duration pause) {
        assertThat(Backoff.growing(() -> random).after(TokenAnswers.OUTAGE, 3)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT1S", "PT1S,PT1S", "PT30S,PT30S", "PT10M,PT10M", "PT1H,PT1H", "PT87600H,PT1H"})
    void isNoShorterThanRetryAfter(Duration retryAfter, Duration pause) {
        assertThat(full.after(TokenAnswers.busy(retryAfter), 1)).isEqualTo(pause);
    }

    @Test
    void canBeTheSameEachTime() {
        Backoff constant = Backoff.constant(Duration.ofSeconds(5));

        assertThat(constant.after(TokenAnswers.busy(Duration.ofHours(1)), 9)).isEqualTo(Duration.ofSeconds(5));
    }
}
