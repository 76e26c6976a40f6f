package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestJson;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {

    private static Instant parse(String json) {
        return NumericDate.parse(TestJson.parse("{\"v\":" + json + "}").get("v"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-0, 1970-01-01T00:00:00Z",
        "1.5, 1970-01-01T00:00:01.5Z",
        "-1.5, 1969-12-31T23:59:58.5Z",
        "-0.000000001, 1969-12-31T23:59:59.999999999Z",
        "0.9999999999, 1970-01-01T00:00:00.999999999Z",
        "1e-300, 1970-01-01T00:00:00Z",
        "1e9, 2001-09-09T01:46:40Z",
        "1000000000.0, 2001-09-09T01:46:40Z",
        "2147483648, 2038-01-19T03:14:08Z"
    })
    void readsSecondsWithAndWithoutFraction(String json, Instant expected) {
        assertThat(parse(json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"0\"",
                "[0]",
                "{}",
                "1e300",
                "-1e300",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775807.5",
                "31556889864403199",
                "-31557014167219200"
            })
    void readsNothingElse(String json) {
        assertThat(parse(json)).isNull();
    }

    @ParameterizedTest
    @NullSource
    void readsNothingWhereTheClaimIsAbsent(Object absent) {
        assertThat(NumericDate.parse(absent)).isNull();
    }
}
