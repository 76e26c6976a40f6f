package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureLimiterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock();
    private final FailureLimiter limiter = new FailureLimiter(FailureLimits.defaults(), clock);

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            limiter.failed(name, address);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,true", "4,true", "5,false", "6,false"})
    void hearsANameFromAnAddressUntilItFailedFiveTimes(int failures, boolean heard) {
        fail(failures, "alice", "203.0.113.7");

        assertThat(limiter.pause("alice", "203.0.113.7").isEmpty()).isEqualTo(heard);
    }

    @ParameterizedTest
    @CsvSource({"19,true", "20,false", "21,false"})
    void hearsAnAddressUntilItFailedTwentyTimesUnderAnyName(int failures, boolean heard) {
        for (int i = 0; i < failures; i++) {
            limiter.failed("user" + i, "203.0.113.7");
        }
        assertThat(limiter.pause("alice", "203.0.113.7").isEmpty()).isEqualTo(heard);
        assertThat(limiter.pause("alice", "203.0.113.8")).isEmpty();
    }

    @Test
    void letsNobodyLockSomebodyOutFromElsewhere() {
        fail(5, "alice", "203.0.113.7");

        assertThat(limiter.pause("alice", "203.0.113.8")).isEmpty();
        assertThat(limiter.pause("bob", "203.0.113.7")).isEmpty();
    }

    @Test
    void hearsAgainAMinuteAfterTheFirstFailureToTheSecond() {
        limiter.failed("alice", "203.0.113.7");
        clock.advance(Duration.ofSeconds(20));
        fail(4, "alice", "203.0.113.7");

        assertThat(limiter.pause("alice", "203.0.113.7")).hasValue(Duration.ofSeconds(40));
        clock.advance(Duration.ofSeconds(39));
        assertThat(limiter.pause("alice", "203.0.113.7")).hasValue(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(limiter.pause("alice", "203.0.113.7")).isEmpty();
    }

    @Test
    void tellsTheLongerOfTwoPauses() {
        fail(5, "alice", "203.0.113.7");
        clock.advance(Duration.ofSeconds(30));
        fail(5, "bob", "203.0.113.7");

        assertThat(limiter.pause("bob", "203.0.113.7")).hasValue(MINUTE);
    }

    @Test
    void countsAnewAfterASuccess() {
        fail(4, "alice", "203.0.113.7");
        limiter.succeeded("alice", "203.0.113.7");
        fail(4, "alice", "203.0.113.7");

        assertThat(limiter.pause("alice", "203.0.113.7")).isEmpty();
        limiter.failed("alice", "203.0.113.7");
        assertThat(limiter.pause("alice", "203.0.113.7")).hasValue(MINUTE);
    }

    @Test
    void keepsTheCountOfAnAddressThatHasOneAccountOfItsOwn() {
        for (int i = 0; i < 20; i++) {
            limiter.failed("user" + i, "203.0.113.7");
            limiter.succeeded("mallory", "203.0.113.7");
        }
        assertThat(limiter.pause("user20", "203.0.113.7")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"4,true", "5,false"})
    void takesANetworkOfIpv6ForOneAddress(int failures, boolean heard) {
        for (int i = 0; i < failures; i++) {
            limiter.failed("alice", "2001:db8:1:2::" + i);
        }
        assertThat(limiter.pause("alice", "2001:db8:1:2::99").isEmpty()).isEqualTo(heard);
        assertThat(limiter.pause("alice", "2001:db8:1:3::99")).isEmpty();
    }

    @Test
    void takesANetworkOfIpv6ForOneAddressWhateverTheNames() {
        for (int i = 0; i < 20; i++) {
            limiter.failed("user" + i, "2001:db8:1:2::" + i);
        }
        assertThat(limiter.pause("alice", "2001:db8:1:2::99")).isPresent();
    }

    @Nested
    class FromManyAddresses {

        private void failFromAfar(int times, String name) {
            for (int i = 0; i < times; i++) {
                limiter.failed(name, "198.51." + i / 250 + "." + i % 250);
            }
        }

        @ParameterizedTest
        @CsvSource({"99,true", "100,false", "101,false"})
        void hearsANameUntilItFailedAHundredTimes(int failures, boolean heard) {
            failFromAfar(failures, "alice");

            assertThat(limiter.pause("alice", "203.0.113.7").isEmpty()).isEqualTo(heard);
            assertThat(limiter.pause("bob", "203.0.113.7")).isEmpty();
        }

        @Test
        void hearsItAgainAfterTheWindow() {
            failFromAfar(100, "alice");
            assertThat(limiter.pause("alice", "203.0.113.7")).hasValue(MINUTE);
            clock.advance(MINUTE);
            assertThat(limiter.pause("alice", "203.0.113.7")).isEmpty();
        }

        @Test
        void neverLocksItOutOfAnAddressWhereItWasRightInTheLastDays() {
            limiter.succeeded("alice", "203.0.113.7");
            limiter.succeeded("alice", "2001:db8::7");
            limiter.succeeded("mallory", "203.0.113.9");
            clock.advance(Duration.ofDays(7).minusSeconds(1));
            failFromAfar(1000, "alice");

            assertThat(limiter.pause("alice", "203.0.113.7")).isEmpty();
            assertThat(limiter.pause("alice", "2001:db8::8")).isEmpty();
            assertThat(limiter.pause("alice", "203.0.113.8")).isPresent();
            assertThat(limiter.pause("alice", "203.0.113.9")).isPresent();
            clock.advance(Duration.ofSeconds(1));
            assertThat(limiter.pause("alice", "203.0.113.7")).isPresent();
        }

        @Test
        void countsTheDaysFromTheLastSuccess() {
            limiter.succeeded("alice", "203.0.113.7");
            clock.advance(Duration.ofDays(6));
            limiter.succeeded("alice", "203.0.113.7");
            clock.advance(Duration.ofDays(6));
            failFromAfar(100, "alice");
            assertThat(limiter.pause("alice", "203.0.113.7")).isEmpty();
        }

        @Test
        void limitsAFamiliarAddressLikeAnyOther() {
            limiter.succeeded("alice", "203.0.113.7");
            fail(5, "alice", "203.0.113.7");
            assertThat(limiter.pause("alice", "203.0.113.7")).hasValue(MINUTE);
        }

        @Test
        void keepsTheCountOfANameThatIsRightSomewhere() {
            for (int i = 0; i < 100; i++) {
                failFromAfar(1, "alice");
                limiter.succeeded("alice", "203.0.113.7");
            }
            assertThat(limiter.pause("alice", "203.0.113.8")).isPresent();
        }
    }

    @Test
    void countsWhatFailedInPartForTheNameAndNotForTheAddress() {
        for (int i = 0; i < 5; i++) {
            limiter.failedInPart("alice", "203.0.113.7");
        }
        for (int i = 0; i < 20; i++) {
            limiter.failedInPart("user" + i, "203.0.113.7");
        }
        assertThat(limiter.pause("alice", "203.0.113.7")).hasValue(MINUTE);
        assertThat(limiter.pause("bob", "203.0.113.7")).isEmpty();
        for (int i = 0; i < 95; i++) {
            limiter.failedInPart("alice", "198.51.100." + i);
        }
        assertThat(limiter.pause("alice", "203.0.113.8")).hasValue(MINUTE);
    }

    @Test
    void staysBoundedUnderAFloodOfNames() {
        String longName = "x".repeat(8000);
        for (int i = 0; i < 50_000; i++) {
            limiter.failed(longName + i, "2001:db8:" + Integer.toHexString(i) + "::1");
            limiter.succeeded("mallory", "2001:db8:" + Integer.toHexString(i) + "::1");
        }
        assertThat(limiter.size()).isBetween(20_000L, 40_000L);
    }
}
