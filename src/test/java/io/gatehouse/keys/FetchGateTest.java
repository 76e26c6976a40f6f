package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FetchGateTest {

    private static final Duration COOLDOWN = Duration.ofSeconds(10);

    private final FetchGate gate = new FetchGate(COOLDOWN, 3);
    private final Instant start = TestTokens.NOW;

    private Instant after(long seconds) {
        return start.plusSeconds(seconds);
    }

    private boolean fetches(FetchGate.Ticket ticket) {
        if (ticket.mine()) {
            gate.leave(ticket.fetch());
        }
        return ticket.mine();
    }

    @Test
    void letsOneInAndTheOthersWaitForHim() {
        FetchGate.Ticket first = gate.enter(start);
        FetchGate.Ticket second = gate.enter(start);
        FetchGate.Ticket third = gate.enterForUnknownKey(start);

        assertThat(first.mine()).isTrue();
        assertThat(second.mine()).isFalse();
        assertThat(third.mine()).isFalse();
        assertThat(second.fetch()).isSameAs(first.fetch()).isNotDone();
        assertThat(third.fetch()).isSameAs(first.fetch());

        gate.leave(first.fetch());
        assertThat(second.fetch()).isCompleted();
    }

    @Nested
    class Cooldown {

        @Test
        void countsFromTheLastAttemptToTheSecond() {
            assertThat(fetches(gate.enter(start))).isTrue();
            assertThat(fetches(gate.enter(after(9)))).isFalse();
            assertThat(fetches(gate.enter(after(10)))).isTrue();
            assertThat(fetches(gate.enter(after(19)))).isFalse();
            assertThat(fetches(gate.enter(after(20)))).isTrue();
        }

        @Test
        void countsFromAFetchForAnUnknownKeyAsWell() {
            assertThat(fetches(gate.enter(start))).isTrue();
            assertThat(fetches(gate.enterForUnknownKey(after(5)))).isTrue();
            assertThat(fetches(gate.enter(after(14)))).isFalse();
            assertThat(fetches(gate.enter(after(15)))).isTrue();
        }

        @Test
        void makesNobodyWait() {
            fetches(gate.enter(start));
            assertThat(gate.enter(after(1)).fetch()).isCompleted();
        }
    }

    @Nested
    class Reserve {

        private int fetchesAt(Instant now, int attempts) {
            int fetches = 0;
            for (int i = 0; i < attempts; i++) {
                fetches += fetches(gate.enterForUnknownKey(now)) ? 1 : 0;
            }
            return fetches;
        }

        @Test
        void allowsAFewFetchesWithinTheCooldown() {
            fetches(gate.enter(start));
            assertThat(fetchesAt(after(1), 100)).isEqualTo(3);
        }

        @Test
        void regainsOnePerCooldownUpToItsFullSize() {
            fetches(gate.enter(start));
            assertThat(fetchesAt(after(1), 100)).isEqualTo(3);
            assertThat(fetchesAt(after(10), 100)).isZero();
            assertThat(fetchesAt(after(11), 100)).isEqualTo(1);
            assertThat(fetchesAt(after(20), 100)).isZero();
            assertThat(fetchesAt(after(21), 100)).isEqualTo(1);
            assertThat(fetchesAt(after(100_000), 100)).isEqualTo(3);
        }

        @Test
        void doesNotGrowWhileItIsFull() {
            fetches(gate.enter(start));
            assertThat(fetchesAt(after(1000), 1)).isEqualTo(1);
            assertThat(fetchesAt(after(1001), 100)).isEqualTo(2);
        }

        @Test
        void boundsAFloodToOneFetchPerCooldownInTheLongRun() {
            fetches(gate.enter(start));
            int fetches = 0;
            for (int second = 0; second < 1000; second++) {
                fetches += fetchesAt(after(second), 10);
            }
            assertThat(fetches).isLessThanOrEqualTo(3 + 100);
        }
    }
}
