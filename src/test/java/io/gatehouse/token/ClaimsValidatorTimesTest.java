package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.CLAIM_MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.EXPIRATION_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.NOT_YET_VALID;
import static io.gatehouse.token.InvalidTokenReason.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a token is accepted, exact to the second. */
class ClaimsValidatorTimesTest extends ClaimsValidatorFixture {

    @Nested
    class Expiration {

        @ParameterizedTest
        @CsvSource({"0", "-1", "-0.000000001", "-300", "-100000000"})
        void onOrBeforeNowIsRefused(String seconds) {
            claim("exp", fromNow(seconds));
            assertRefused(EXPIRED);
        }

        @ParameterizedTest
        @CsvSource({"1", "0.000000001", "0.5", "300", "100000000"})
        void afterNowIsAccepted(String seconds) {
            claim("exp", fromNow(seconds));
            assertValid();
        }

        @ParameterizedTest
        @CsvSource({"-29,true", "-29.999,true", "-30,false", "-31,false"})
        void isExtendedByTheSkewToTheSecond(String seconds, boolean valid) {
            settings.expirySkew = Duration.ofSeconds(30);
            claim("iat", fromNow("-60"));
            claim("exp", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(EXPIRED);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "absent",
                    "null",
                    "true",
                    "\"\"",
                    "\"4102444800\"",
                    "\"2100-01-01T00:00:00Z\"",
                    "[4102444800]",
                    "{}",
                    "{\"seconds\":4102444800}",
                    "9223372036854775807",
                    "9223372036854775808",
                    "31556889864403200",
                    "1e300",
                    "-9223372036854775808",
                    "-1e300",
                    "31556889864403199"
                })
        void thatNamesNoInstantIsRefused(String exp) {
            claim("exp", exp);
            assertRefused(EXPIRATION_MISSING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-0", "1", "2147483647.0e-3", "1e-300", "-2147483649"})
        void longAgoIsRefused(String exp) {
            claim("exp", exp);
            assertRefused(EXPIRED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2147483648",
                    "4294967296",
                    "99999999999",
                    "4.1024448e9",
                    "4102444800.75",
                    "31556889864403198"
                })
        void farAheadIsAccepted(String exp) {
            claim("exp", exp);
            assertValid();
        }

        @Test
        void endsAnAcceptedTokenAtItsSecond() {
            MutableClock clock = new MutableClock();
            claim("exp", fromNow("2"));

            assertThat(validate(clock, Authenticity.Genuine::new)).isInstanceOf(TokenValidationResult.Valid.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(validate(clock, Authenticity.Genuine::new)).isInstanceOf(TokenValidationResult.Valid.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(validate(clock, Authenticity.Genuine::new))
                    .isEqualTo(new TokenValidationResult.Invalid(EXPIRED));
        }

        @Test
        void mayBeAbsentOnlyWhereItIsNotRequired() {
            settings.required = Set.of("iss");
            claim("exp", "absent");
            assertValid();

            claim("exp", "null");
            assertRefused(EXPIRATION_MISSING);
        }
    }

    @Nested
    class NotBefore {

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-0.5", "-1000000"})
        void nowOrEarlierIsAccepted(String seconds) {
            claim("nbf", fromNow(seconds));
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "0.000000001", "299"})
        void inTheFutureIsRefused(String seconds) {
            claim("nbf", fromNow(seconds));
            assertRefused(NOT_YET_VALID);
        }

        @ParameterizedTest
        @CsvSource({"5,true", "5.000000001,false", "6,false"})
        void mayLieAheadByTheSkewToTheSecond(String seconds, boolean valid) {
            settings.startSkew = Duration.ofSeconds(5);
            claim("nbf", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(NOT_YET_VALID);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "true", "\"0\"", "[0]", "{}", "9223372036854775807", "1e300"})
        void ofTheWrongTypeIsRefused(String nbf) {
            claim("nbf", nbf);
            assertRefused(CLAIM_MALFORMED);
        }

        @Test
        void afterTheExpirationIsRefusedWhateverTheSkew() {
            settings.startSkew = Duration.ofMinutes(1);
            claim("exp", fromNow("10"));
            claim("nbf", fromNow("11"));
            assertRefused(NOT_YET_VALID);

            claim("nbf", fromNow("10"));
            assertValid();
        }

        @Test
        void letsTheRefusedTokenInWhenItHasCome() {
            MutableClock clock = new MutableClock();
            claim("nbf", fromNow("2"));

            assertThat(validate(clock, Authenticity.Genuine::new))
                    .isEqualTo(new TokenValidationResult.Invalid(NOT_YET_VALID));
            clock.advance(Duration.ofSeconds(2));
            assertThat(validate(clock, Authenticity.Genuine::new)).isInstanceOf(TokenValidationResult.Valid.class);
        }
    }

    @Nested
    class IssuedAt {

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "-10.5", "-100000000"})
        void nowOrEarlierIsAccepted(String seconds) {
            claim("iat", fromNow(seconds));
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "0.000000001", "300", "301"})
        void inTheFutureIsRefused(String seconds) {
            claim("iat", fromNow(seconds));
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }

        @ParameterizedTest
        @CsvSource({"5,true", "5.000000001,false", "6,false"})
        void mayLieAheadByTheSkewToTheSecond(String seconds, boolean valid) {
            settings.startSkew = Duration.ofSeconds(5);
            claim("iat", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(ISSUED_AT_NOT_ACCEPTED);
            }
        }

        @Test
        void afterTheExpirationIsRefusedWhateverTheSkew() {
            settings.startSkew = Duration.ofMinutes(1);
            claim("exp", fromNow("10"));
            claim("iat", fromNow("11"));
            assertRefused(ISSUED_AT_NOT_ACCEPTED);

            claim("iat", fromNow("10"));
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"absent", "null", "false", "\"1\"", "[1]", "{}", "1e300", "9223372036854775807"})
        void thatNamesNoInstantIsRefused(String iat) {
            claim("iat", iat);
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }

        @Test
        void mayBeAbsentWhereItIsNotRequired() {
            settings.required = Set.of("iss", "exp");
            claim("iat", "absent");
            assertValid();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"1\"", "true"})
        void ofTheWrongTypeIsRefusedAlsoWhereItIsNotRequired(String iat) {
            settings.required = Set.of("iss", "exp");
            claim("iat", iat);
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }
    }

    @Nested
    class MaximumAge {

        @ParameterizedTest
        @CsvSource({"-60,true", "-59,true", "-60.000000001,false", "-61,false"})
        void isExactToTheSecond(String seconds, boolean valid) {
            settings.maximumAge = Duration.ofSeconds(60);
            claim("iat", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(TOO_OLD);
            }
        }

        @ParameterizedTest
        @CsvSource({"-90,true", "-91,false"})
        void isExtendedByTheSkew(String seconds, boolean valid) {
            settings.maximumAge = Duration.ofSeconds(60);
            settings.expirySkew = Duration.ofSeconds(30);
            claim("iat", fromNow(seconds));
            if (valid) {
                assertValid();
            } else {
                assertRefused(TOO_OLD);
            }
        }

        @Test
        void needsAnIssueTimeEvenWhereNoneIsRequired() {
            settings.maximumAge = Duration.ofSeconds(60);
            settings.required = Set.of("iss", "exp");
            claim("iat", "absent");
            assertRefused(ISSUED_AT_NOT_ACCEPTED);
        }
    }
}
