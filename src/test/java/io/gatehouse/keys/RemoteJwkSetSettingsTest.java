package io.gatehouse.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteJwkSetSettingsTest {

    private final RemoteJwkSetSettings settings = RemoteJwkSetSettings.defaults();

    @ParameterizedTest
    @CsvSource({
        ", PT5M",
        "PT0S, PT5M",
        "PT-1S, PT5M",
        "PT1S, PT1M",
        "PT1M, PT1M",
        "PT61S, PT61S",
        "PT5M, PT5M",
        "PT59M59S, PT59M59S",
        "PT1H, PT1H",
        "PT6H, PT1H",
        "PT596523H, PT1H"
    })
    void followsWhatTheIssuerSaysWithinBounds(Duration maxAge, Duration renewalAge) {
        assertThat(settings.renewalAge(maxAge)).isEqualTo(renewalAge);
    }

    @ParameterizedTest
    @CsvSource({"PT10M, PT8M", "PT6M, PT5M", "PT30M, PT24M", "PT75M, PT1H", "PT76M, PT1H"})
    void letsNoIssuerStretchTheTimeThatItsKeysAreTrustedFor(Duration usableFor, Duration renewalAge) {
        RemoteJwkSetSettings impatient =
                new RemoteJwkSetSettings(settings.refreshAfter(), usableFor, settings.cooldown(), settings.reserve());

        assertThat(impatient.renewalAge(Duration.ofDays(1))).isEqualTo(renewalAge);
        assertThat(renewalAge).isLessThan(usableFor);
    }

    @Test
    void addsAQuarterBeforeASetIsWaitedFor() {
        assertThat(RemoteJwkSetSettings.longestAge(Duration.ofMinutes(4))).isEqualTo(Duration.ofMinutes(5));
    }
}
