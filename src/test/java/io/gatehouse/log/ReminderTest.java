package io.gatehouse.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReminderTest {

    private final MutableClock clock = new MutableClock();
    private final Reminder reminder = Reminder.everyMinute(clock);

    @Test
    void isDueAtOnceAndThenOnceAMinute() {
        assertThat(reminder.isDue()).isTrue();
        assertThat(reminder.isDue()).isFalse();

        clock.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(reminder.isDue()).isFalse();

        clock.advance(Duration.ofNanos(1));
        assertThat(reminder.isDue()).isTrue();
        assertThat(reminder.isDue()).isFalse();
    }

    @Test
    void isDueAMinuteAfterTheLineHoweverLongAgoItWasDue() {
        reminder.isDue();
        clock.advance(Duration.ofMinutes(5).plusSeconds(59));
        assertThat(reminder.isDue()).isTrue();

        clock.advance(Duration.ofSeconds(59));
        assertThat(reminder.isDue()).isFalse();
    }
}
