package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValuesTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-05T12:00:00Z"), ZoneOffset.UTC);

    @Nested
    class MaxAge {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "max-age=0 | 0",
                    "max-age=3600 | 3600",
                    "public, max-age=3600, must-revalidate | 3600",
                    "MAX-AGE=60 | 60",
                    "max-age = 60 | 60",
                    "max-age=\"60\" | 60",
                    "private,max-age=60,s-maxage=5 | 60",
                    "max-age=60, max-age=30 | 30",
                    "Cache-Control: public, max-age=3600 | 3600",
                    "cache-control:max-age=3600 | 3600",
                    ",,max-age=7,, | 7",
                    "max-age=007 | 7",
                    "max-age=2147483648 | 2147483648",
                    "max-age=2147483649 | 2147483648",
                    "max-age=99999999999999999999999999 | 2147483648",
                })
        void isRead(String header, long seconds) {
            assertThat(HeaderValues.maxAge(List.of(header))).isEqualTo(Duration.ofSeconds(seconds));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "no-cache",
                    "no-store, s-maxage=60",
                    "max-age",
                    "max-age=",
                    "max-age=-1",
                    "max-age=1.5",
                    "max-age=60s",
                    "max-age=\"60",
                    "max-age=٣",
                    "xmax-age=60",
                    "max-age=60;public"
                })
        void isNotSaid(String header) {
            assertThat(HeaderValues.maxAge(List.of(header))).isNull();
        }

        @Test
        void isTheShortestOfSeveralHeaders() {
            assertThat(HeaderValues.maxAge(List.of("max-age=60", "junk", "max-age=20")))
                    .isEqualTo(Duration.ofSeconds(20));
        }

        @Test
        void isNotSaidWithoutHeader() {
            assertThat(HeaderValues.maxAge(List.of())).isNull();
        }
    }

    @Nested
    class RetryAfter {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "0 | 0",
                    " 120 | 120",
                    "99999999999999999999 | 2147483648",
                    "Mon, 05 Jan 2026 12:00:30 GMT | 30",
                    "Mon, 05 Jan 2026 11:59:59 GMT | 0",
                })
        void isRead(String header, long seconds) {
            assertThat(HeaderValues.retryAfter(header, NOON)).isEqualTo(Duration.ofSeconds(seconds));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "soon", "-1", "1.5", "+5", "٣", "Mon, 05 Jan 2026", "Fri, 05 Jan 2026 12:00:30 GMT"})
        void isNotSaid(String header) {
            assertThat(HeaderValues.retryAfter(header, NOON)).isNull();
        }

        @Test
        void isNotSaidWithoutHeader() {
            assertThat(HeaderValues.retryAfter(null, NOON)).isNull();
        }
    }

    @Nested
    class ContentEncoding {

        @Test
        void isIdentityWhereNothingElseIsSaid() {
            assertThat(HeaderValues.isIdentity(List.of())).isTrue();
            assertThat(HeaderValues.isIdentity(List.of("identity"))).isTrue();
            assertThat(HeaderValues.isIdentity(List.of(" Identity "))).isTrue();
            assertThat(HeaderValues.isIdentity(List.of(""))).isTrue();
        }

        @Test
        void isNotIdentityWhereOneOfSeveralIsNot() {
            assertThat(HeaderValues.isIdentity(List.of("gzip"))).isFalse();
            assertThat(HeaderValues.isIdentity(List.of("identity", "br"))).isFalse();
            assertThat(HeaderValues.isIdentity(List.of("identity, gzip"))).isFalse();
        }
    }
}
