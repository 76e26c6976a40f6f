package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ServerCertificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTroubleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Whoever renews by a machine does it when a third of the life is left; a year's certificate is a person's affair. */
    @ParameterizedTest(name = "{1} of {0} left: {2}")
    @CsvSource({
        "P90D, P60D,     GOOD",
        "P90D, P18D,     GOOD",
        "P90D, P17DT23H, NOTE",
        "P90D, P3D,      NOTE",
        "P90D, P2DT23H,  BAD",
        "P365D,P30D,     GOOD",
        "P365D,P29DT23H, NOTE",
        "P6D,  P2D,      GOOD",
        "P6D,  P1D,      NOTE",
        "P6D,  PT7H,     BAD",
        "P90D, PT0S,     BAD"
    })
    void isACertificateThatEndsSoon(Duration life, Duration left, Finding.Verdict verdict) {
        Instant until = NOW.plus(left);
        Finding finding = ServerTrouble.certificate(
                "issuer, TLS", "login.example.com", new ServerCertificate(until.minus(life), until), NOW);

        assertThat(finding.verdict()).isEqualTo(verdict);
        if (verdict == Finding.Verdict.GOOD) {
            assertThat(finding.text())
                    .contains("login.example.com", until.toString().substring(0, 10));
        } else {
            assertThat(finding.text()).contains("login.example.com", until.toString());
            assertThat(finding.remedy()).contains("login.example.com renew it", "503");
        }
    }
}
