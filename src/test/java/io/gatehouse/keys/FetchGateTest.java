package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.FetchGate.Ticket;
import io.gatehouse.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FetchGateTest {

    private static final Duration COOLDOWN = Duration.ofSeconds(10);
    private static final int RESERVE = 3;

    private final FetchGate gate = new FetchGate(COOLDOWN, RESERVE);
    private final Instant start = TestTokens.NOW;

    private Instant after(long seconds) {
        return start.plusSeconds(seconds);
    }

    /** Runs the fetch, if there is one to run: it takes no time. */
    private boolean fetches(Ticket ticket, Instant now) {
        return fetches(ticket, now, Duration.ZERO);
    }

    private boolean fetches(Ticket ticket, Instant now, Duration time) {
        if (ticket instanceof Ticket.Run run) {
            gate.leave(run.flight(), now.plus(time));
        }
        return ticket instanceof Ticket.Run;
    }

    private boolean renews(Instant now) {
        return fetches(gate.enter(now), now);
    }

    private int fetchesOfStrangers(Instant now, int strangers) {
        return (int) IntStream.range(0, strangers)
                .filter(i -> fetches(gate.enterForStranger(now), now))
                .count();
    }

    @Test
    void letsOneInAndTheOthersJoinHim() {
        FetchGate.Flight flight = ((Ticket.Run) gate.enter(start)).flight();
        Ticket joined = new Ticket.Join(flight);

        assertThat(gate.enter(start)).isEqualTo(joined);
        assertThat(gate.enterForStranger(start)).isEqualTo(joined);
        assertThat(gate.enterForReturning(start)).isEqualTo(joined);
        assertThat(gate.enterAfterWait(start)).isEqualTo(joined);
        assertThat(flight.landed()).isNotDone();

        gate.leave(flight, start);
        assertThat(flight.landed()).isCompleted();
    }

    @Nested
    class Cooldown {

        @Test
        void countsFromTheLastAttemptToTheSecond() {
            assertThat(renews(start)).isTrue();
            assertThat(renews(after(9))).isFalse();
            assertThat(renews(after(10))).isTrue();
            assertThat(renews(after(19))).isFalse();
            assertThat(renews(after(20))).isTrue();
        }

        @Test
        void countsFromTheEndOfAnAttemptThatTookLong() {
            assertThat(fetches(gate.enter(start), start, Duration.ofSeconds(60)))
                    .isTrue();
            assertThat(renews(after(69))).isFalse();
            assertThat(renews(after(70))).isTrue();
        }

        @Test
        void countsFromAFetchForAnUnknownKeyAsWell() {
            renews(start);
            assertThat(fetchesOfStrangers(after(5), 1)).isEqualTo(1);
            assertThat(renews(after(14))).isFalse();
            assertThat(renews(after(15))).isTrue();
        }

        @Test
        void makesRenewalsDoWithout() {
            renews(start);
            assertThat(gate.enter(after(1))).isEqualTo(new Ticket.None());
        }

        @Test
        void isNoLongerThanItIsWhenTheClockIsSetBack() {
            renews(start);
            assertThat(renews(start.minus(Duration.ofDays(1)))).isTrue();
        }
    }

    @Nested
    class Reserve {

        @Test
        void allowsAFewFetchesWithinTheCooldownAndKeepsTheLastForThoseWhoReturn() {
            renews(start);
            assertThat(fetchesOfStrangers(after(1), FetchGate.FLOOD)).isEqualTo(RESERVE - 1);
            assertThat(fetches(gate.enterForReturning(after(1)), after(1))).isTrue();
            assertThat(gate.enterForReturning(after(1))).isEqualTo(new Ticket.Wait(after(11)));
        }

        @Test
        void regainsOnePerIdleCooldownUpToItsFullSize() {
            renews(start);
            assertThat(fetchesOfReturning(start)).isEqualTo(RESERVE);
            assertThat(fetchesOfReturning(after(10)))
                    .as("only that of the cooldown")
                    .isEqualTo(1);
            assertThat(fetchesOfReturning(after(30))).as("and one regained").isEqualTo(2);
            assertThat(fetchesOfReturning(after(100_000))).isEqualTo(1 + RESERVE);
        }

        private int fetchesOfReturning(Instant now) {
            return (int) IntStream.range(0, 10)
                    .filter(i -> fetches(gate.enterForReturning(now), now))
                    .count();
        }

        @Test
        void neverAllowsMoreThanOneFetchPerCooldownAndTheReserveAndOne() {
            Random random = new Random(1);
            int fetches = 0;
            for (long millis = 0; millis < 1_000_000; millis += 1 + random.nextInt(3000)) {
                Instant now = start.plusMillis(millis);
                Ticket ticket =
                        switch (random.nextInt(4)) {
                            case 0 -> gate.enter(now);
                            case 1 -> gate.enterForStranger(now);
                            case 2 -> gate.enterForReturning(now);
                            default -> gate.enterAfterWait(now);
                        };
                fetches += fetches(ticket, now) ? 1 : 0;
                assertThat(fetches).isLessThanOrEqualTo((int) (millis / COOLDOWN.toMillis()) + RESERVE + 1);
            }
            assertThat(fetches).isGreaterThan(80);
        }
    }

    @Nested
    class Strangers {

        @Test
        void waitForTheirFetchWhileTheyAreFew() {
            renews(start);
            fetchesOfStrangers(after(1), FetchGate.FEW - 1);
            assertThat(gate.enterForStranger(after(1))).isEqualTo(new Ticket.Wait(after(11)));
        }

        @Test
        void lingerForCompanyOnlyWhenTheyAreMore() {
            renews(start);
            fetchesOfStrangers(after(1), FetchGate.FEW);
            assertThat(gate.enterForStranger(after(1))).isEqualTo(new Ticket.Linger(after(1).plusMillis(20)));
            assertThat(gate.enterForStranger(after(11))).isInstanceOf(Ticket.Linger.class);
            assertThat(gate.enterForStranger(after(21))).isInstanceOf(Ticket.Run.class);
        }
    }

    @Nested
    class Flood {

        private void flood(Instant now) {
            fetchesOfStrangers(now, FetchGate.FLOOD + 1);
        }

        @Test
        void makesStrangersWaitForTheNextFetchTheyMayHave() {
            renews(start);
            flood(after(1));
            assertThat(gate.enterForStranger(after(2))).isEqualTo(new Ticket.Wait(after(11)));
            assertThat(gate.enterAfterWait(after(10))).isEqualTo(new Ticket.Wait(after(11)));
            assertThat(gate.enterAfterWait(after(11))).isInstanceOf(Ticket.Run.class);
        }

        @Test
        void isOverWhenNoStrangerHasComeForFiveCooldowns() {
            renews(start);
            flood(after(1));
            gate.enterForStranger(after(50));
            assertThat(gate.enterForStranger(after(50))).isInstanceOf(Ticket.Join.class);
            gate.leave(((Ticket.Join) gate.enter(after(50))).flight(), after(50));
            fetchesOfStrangers(after(50), RESERVE);
            assertThat(gate.enterForStranger(after(50))).isInstanceOf(Ticket.Wait.class);

            fetchesOfStrangers(after(100), FetchGate.FEW);
            assertThat(gate.enterForStranger(after(100))).isInstanceOf(Ticket.Linger.class);
        }
    }

    @Nested
    class FlightThatIsLost {

        @Test
        void doesNotKeepTheGateClosed() {
            FetchGate.Flight lost = ((Ticket.Run) gate.enter(start)).flight();
            assertThat(gate.enter(after(179))).isEqualTo(new Ticket.Join(lost));

            FetchGate.Flight next = ((Ticket.Run) gate.enter(after(180))).flight();
            assertThat(next.number()).isGreaterThan(lost.number());
        }

        @Test
        void thatComesBackLeavesTheNextOneAlone() {
            FetchGate.Flight lost = ((Ticket.Run) gate.enter(start)).flight();
            FetchGate.Flight next = ((Ticket.Run) gate.enter(after(180))).flight();

            gate.leave(lost, after(181));
            assertThat(lost.landed()).isCompleted();
            assertThat(gate.enter(after(181))).isEqualTo(new Ticket.Join(next));
        }
    }
}
