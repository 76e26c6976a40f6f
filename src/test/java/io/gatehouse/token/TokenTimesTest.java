package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestTokens;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From when to when a remembered token is taken: never a moment in which it would be refused if it came for the first time. */
class TokenTimesTest {

    private static final long NOW = TestTokens.NOW.getEpochSecond();

    /** Claims in seconds from now; an empty one is absent. */
    private static TokenTimes times(String nbf, String iat, String exp, ClaimsPolicy policy) {
        Map<String, Object> claims = new HashMap<>();
        put(claims, "nbf", nbf);
        put(claims, "iat", iat);
        put(claims, "exp", exp);
        return TokenTimes.of(ClaimsSet.of(claims), policy);
    }

    private static void put(Map<String, Object> claims, String name, String fromNow) {
        if (fromNow != null) {
            claims.put(name, new BigDecimal(fromNow).add(BigDecimal.valueOf(NOW)));
        }
    }

    private static ClaimsPolicy policy(int expirySkew, int startSkew, int maximumAge) {
        ClaimsPolicy usual = TestTokens.policy();
        return new ClaimsPolicy(
                usual.issuer(),
                usual.audience(),
                Duration.ofSeconds(expirySkew),
                Duration.ofSeconds(startSkew),
                maximumAge == 0 ? null : Duration.ofSeconds(maximumAge),
                Set.of(),
                usual.callerNameClaims(),
                "",
                false);
    }

    private static Instant fromNow(String seconds) {
        return Instant.ofEpochMilli(
                new BigDecimal(seconds).movePointRight(3).longValueExact() + TestTokens.NOW.toEpochMilli());
    }

    @Nested
    class TheBeginning {

        /** The later one of two, and earlier by what is conceded to clocks; then it is one millisecond late at most. */
        @ParameterizedTest
        @CsvSource({
            "-10,    ,    0, -10",
            ",    -10,    0, -10",
            "-10, -20,    0, -10",
            "-20, -10,    0, -10",
            "-10,    ,   30, -40",
            ",    -10,   30, -40",
            "-10, -20,   30, -40",
            "5,     0,   30, -25",
            "-0.5,   ,    0, -0.5",
            "-0.001, ,    0, -0.001",
            "-0.5, -0.25, 2, -2.25"
        })
        void isThatOfTheClaims(String nbf, String iat, int skew, String begins) {
            TokenTimes times = times(nbf, iat, "300", policy(0, skew, 0));
            Instant first = fromNow(begins);

            assertThat(times.refusalAt(first)).isNull();
            assertThat(times.refusalAt(first.minusMillis(1))).isNotNull();
            assertThat(times.acceptedFrom()).isEqualTo(first.toEpochMilli() + 1);
        }

        /** A clock of milliseconds does not show that the token begins within this one. */
        @ParameterizedTest
        @CsvSource({"-10.0001", "-10.0005", "-10.9999999", "-0.000001"})
        void isAfterTheMillisecondInWhichTheTokenBegins(String begins) {
            for (TokenTimes times : new TokenTimes[] {
                times(begins, null, "300", policy(0, 0, 0)), times(null, begins, "300", policy(0, 0, 0))
            }) {
                Instant accepted = Instant.ofEpochMilli(times.acceptedFrom());

                assertThat(times.refusalAt(accepted)).isNull();
                assertThat(times.refusalAt(accepted.minusMillis(1))).isNotNull();
            }
        }

        @Test
        void isNoneWhereTheTokenNamesNone() {
            assertThat(times(null, null, "300", policy(0, 0, 0)).acceptedFrom())
                    .isLessThan(Instant.parse("-9999-01-01T00:00:00Z").toEpochMilli());
        }
    }

    @Nested
    class TheEnd {

        /** The sooner one of two, and later by what is conceded to clocks. */
        @ParameterizedTest
        @CsvSource({
            "300,     ,   0,   0, 300",
            "300,     ,  30,   0, 330",
            "300,  -10,   0,  60,  50.001",
            "300,  -10,  30,  60,  80.001",
            "40,   -10,   0,  60,  40",
            ",     -10,   0,  60,  50.001",
            "0.25,    ,   0,   0,   0.25",
            "300, -0.5,   0,   1,   0.501"
        })
        void isThatOfTheClaims(String exp, String iat, int skew, int maximumAge, String ends) {
            TokenTimes times = times(null, iat, exp, policy(skew, 0, maximumAge));
            Instant refused = fromNow(ends);

            assertThat(times.refusalAt(refused)).isNotNull();
            assertThat(times.refusalAt(refused.minusMillis(1))).isNull();
            assertThat(times.acceptedBefore()).isBetween(refused.toEpochMilli() - 1, refused.toEpochMilli());
            assertThat(times.refusalAt(Instant.ofEpochMilli(times.acceptedBefore() - 1)))
                    .isNull();
        }

        @Test
        void isNoneWhereTheTokenNamesNone() {
            assertThat(times("-10", "-10", null, policy(0, 0, 0)).acceptedBefore())
                    .isGreaterThan(Instant.parse("9999-01-01T00:00:00Z").toEpochMilli());
        }
    }

    /** Whatever their number is, nothing overflows into the time that we live in. */
    @ParameterizedTest
    @CsvSource({"-31557014000000000", "-9999999999999999", "-999999999999999"})
    void farAwayIsNotNow(String longAgo) {
        TokenTimes times = times(longAgo, longAgo, null, policy(0, 0, 3600));
        assertThat(times.acceptedFrom()).isLessThan(TestTokens.NOW.toEpochMilli());
        assertThat(times.acceptedBefore()).isLessThan(TestTokens.NOW.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({"31556000000000000", "9999999999999999", "999999999999999"})
    void farAheadIsNotNow(String ahead) {
        TokenTimes times = times(ahead, ahead, ahead, policy(0, 0, 0));
        assertThat(times.acceptedFrom()).isGreaterThan(TestTokens.NOW.toEpochMilli());
        assertThat(times.acceptedBefore()).isGreaterThan(TestTokens.NOW.toEpochMilli());
    }
}
