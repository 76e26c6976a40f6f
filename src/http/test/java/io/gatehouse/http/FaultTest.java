package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    /** Whoever posts what may be used up once has to know; passing faults are not all of that kind. */
    @ParameterizedTest
    @CsvSource({
        "NO_TARGET, false, false",
        "SCHEME_REFUSED, false, false",
        "REQUEST_NOT_SENDABLE, false, false",
        "UNKNOWN_HOST, true, false",
        "CONNECT_FAILED, true, false",
        "CONNECT_TIMEOUT, true, false",
        "TLS_FAILED, false, true",
        "READ_TIMEOUT, false, true",
        "TOTAL_TIMEOUT, false, true",
        "NO_ANSWER, true, true",
        "BODY_TOO_LARGE, false, true",
        "BODY_COMPRESSED, false, true",
        "TOO_MANY_EXCHANGES, false, false",
        "GIVEN_UP, false, true",
        "INTERRUPTED, false, true",
        "CLOSED, false, true"
    })
    void saysWhetherItPassesAndWhetherTheRequestMayHaveArrived(Fault fault, boolean passing, boolean sent) {
        FetchResult.Unreachable result = (FetchResult.Unreachable) fault.result();

        assertThat(result.passing()).isEqualTo(passing);
        assertThat(result.sent()).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void hasAProblemToShow(Fault fault) {
        assertThat(((FetchResult.Unreachable) fault.result()).problem()).isNotBlank();
    }
}
