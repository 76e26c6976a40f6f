package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.HEALTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of health before the configuration is read as a whole. */
class HealthConfigTest {

    private static GatehouseConfigReader reader(TestProperties properties) {
        return new GatehouseConfigReader(properties, HealthConfigTest.class.getClassLoader());
    }

    @Test
    void isOffUnlessItIsWanted() {
        assertThat(reader(TestProperties.valid()).health()).isEqualTo(HealthMode.OFF);
    }

    @ParameterizedTest
    @CsvSource({"off, OFF", "degraded, DEGRADED", "Down, DOWN"})
    void isWhatIsConfigured(String text, HealthMode mode) {
        assertThat(reader(TestProperties.valid().with(HEALTH, text)).health()).isEqualTo(mode);
    }

    @Test
    void refusesAnotherWord() {
        assertThatThrownBy(() -> TestProperties.valid().with(HEALTH, "on").read())
                .isInstanceOf(GatehouseConfigException.class)
                .hasMessageContaining("gatehouse.health")
                .hasMessageContaining("\"on\" is not off, degraded or down");
    }

    @Test
    void knowsTheIssuersByTheirProperties() {
        TestProperties properties =
                TestProperties.valid().with("gatehouse.issuers.partners.issuer", "https://partners.example");

        assertThat(reader(properties).issuerNames()).isEqualTo(Set.of("default", "partners"));
        assertThat(reader(TestProperties.none()).issuerNames()).isEqualTo(Set.of("default"));
        assertThat(reader(TestProperties.none().with("gatehouse.issuers.a.issuer", "https://a.example"))
                        .issuerNames())
                .isEqualTo(Set.of("a"));
    }
}
