package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When keys are fetched again although they are known. */
@Timeout(30)
class RemoteJwkSetRenewalTest extends RemoteJwkSetFixture {

    @Nested
    class Renewal {

        @Test
        void happensBehindTheRequestsBack() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            clock.advance(REFRESH);

            assertFound(set.lookup("a")); // answers although the fetch has not run
            assertFound(set.lookup("a"));
            assertThat(executor.size()).isEqualTo(1);
        }

        @Test
        void comesAtTheSecondItIsDue() {
            RemoteJwkSet set = set();
            set.lookup("a");

            clock.advance(REFRESH.minusSeconds(1));
            set.lookup("a");
            assertFetches(1);

            clock.advance(Duration.ofSeconds(1));
            set.lookup("a");
            assertFetches(2);

            set.lookup("a");
            assertFetches(2);
        }

        @Test
        void takesAwayAKeyThatTheIssuerWithdrew() {
            RemoteJwkSet set = set();
            assertFound(set.lookup("a"));

            issuer.answer = keys("b");
            clock.advance(REFRESH);
            set.lookup("a");

            assertFound(set.lookup("b"));
            assertThat(set.lookup("a")).isEqualTo(new KeyLookup.NotFound());
        }

        @Test
        void thatFailsIsTriedAgainAfterTheCooldown() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();
            clock.advance(REFRESH);

            assertFound(set.lookup("a"));
            clock.advance(COOLDOWN.minusSeconds(1));
            assertFound(set.lookup("a"));
            assertFetches(2);

            clock.advance(Duration.ofSeconds(1));
            assertFound(set.lookup("a"));
            assertFetches(3);
        }
    }

    @Nested
    class Age {

        private void assertRenewedAfter(Duration age) {
            RemoteJwkSet set = set();
            set.lookup("a");
            clock.advance(age.minusSeconds(1));
            set.lookup("a");
            assertFetches(1);
            clock.advance(Duration.ofSeconds(1));
            set.lookup("a");
            assertFetches(2);
        }

        @Test
        void isTheOneThatTheIssuerSays() {
            issuer.answer = keysFor(Duration.ofMinutes(17), "a");
            assertRenewedAfter(Duration.ofMinutes(17));
        }

        @Test
        void isOursWhereTheIssuerForbidsToKeepAnything() {
            issuer.answer = keysFor(Duration.ZERO, "a");
            assertRenewedAfter(REFRESH);
        }

        /** Renewal starts with a request; after a quiet night the first one must not be answered with withdrawn keys. */
        @Test
        void pastTheRenewalByAQuarterMakesARequestWaitForIt() {
            RemoteJwkSet set = filled();
            issuer.answer = keys("b");
            clock.advance(REFRESH.plus(REFRESH.dividedBy(4)));
            assertThat(set.lookup("a")).isEqualTo(new KeyLookup.NotFound());
        }

        @Test
        void pastTheRenewalIsUsedAllTheSameDuringAnOutage() {
            RemoteJwkSet set = filled();
            issuer.answer = outage();
            clock.advance(REFRESH.multipliedBy(2));
            assertFound(set.lookup("a"));
        }

        @Test
        void pastTheRenewalIsWaitedForTwoSecondsAndNoLonger() throws Exception {
            HeldBack executor = new HeldBack();
            NeverPatient patience = new NeverPatient();
            RemoteJwkSet set = set(executor, patience);
            Thread first = new Thread(() -> set.lookup("a"));
            first.start();
            first.join();
            executor.run();
            clock.advance(REFRESH.multipliedBy(2));

            assertFound(set.lookup("a"));
            assertThat(patience.waits).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(2));
        }
    }

    @Nested
    class FetchThatIsLost {

        @Test
        void doesNotEndTheRenewalAndItsLateAnswerChangesNothing() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            clock.advance(REFRESH);
            set.lookup("a");
            clock.advance(Duration.ofMinutes(1));
            set.lookup("a");
            assertThat(executor.size()).isEqualTo(1);

            clock.advance(Duration.ofMinutes(2));
            Thread next = new Thread(() -> set.lookup("a"));
            next.start();
            while (executor.size() < 2) {
                Thread.onSpinWait();
            }
            Runnable lost = executor.take();
            issuer.answer = keys("a", "b");
            executor.run();
            next.join();
            issuer.answer = keys("a");
            lost.run();
            assertFound(set.lookup("b"));
        }
    }
}
