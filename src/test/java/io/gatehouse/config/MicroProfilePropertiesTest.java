package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class MicroProfilePropertiesTest {

    private static MicroProfileProperties properties(Map<String, String> values, String... variables) {
        Config config = Fakes.of(
                Config.class,
                Map.of(
                        "getOptionalValue",
                        arguments -> Optional.ofNullable(values.get((String) arguments[0])),
                        "getPropertyNames",
                        arguments -> List.copyOf(values.keySet())));
        return new MicroProfileProperties(
                config, Stream.of(variables).collect(Collectors.toMap(name -> name, name -> "x")));
    }

    @Test
    void removeWhiteSpaceAndTakeAnEmptyValueForNone() {
        MicroProfileProperties properties = properties(Map.of("a", " x ", "b", "", "c", " \t "));

        assertThat(properties.value("a")).contains("x");
        assertThat(properties.value("b")).isEmpty();
        assertThat(properties.value("c")).isEmpty();
        assertThat(properties.value("d")).isEmpty();
        assertThat(properties.names()).containsExactlyInAnyOrder("a", "b", "c");
    }

    /** Open Liberty lists GATEHOUSE_TOKEN_TYPES also as gatehouse.token.types, which is no misspelt property. */
    @Test
    void leaveOutTheOtherNamesOfAnEnvironmentVariable() {
        MicroProfileProperties properties = properties(
                Map.of("gatehouse.token.types", "x", "GATEHOUSE_TOKEN_TYPES", "x", "gatehouse.relm", "x"),
                "GATEHOUSE_TOKEN_TYPES");

        assertThat(properties.names()).containsExactly("gatehouse.relm");
    }

    @Test
    void keepAKnownNameThatAnEnvironmentVariableOverrides() {
        MicroProfileProperties properties = properties(
                Map.of("gatehouse.roles.map.boss", "x", "gatehouse.realm", "x"),
                "GATEHOUSE_ROLES_MAP_BOSS",
                "GATEHOUSE_REALM");

        assertThat(properties.names()).containsExactlyInAnyOrder("gatehouse.roles.map.boss", "gatehouse.realm");
    }

    /** They know an issuer by another source, or as Open Liberty spells the variable: in small letters, with dots. */
    @Test
    void knowTheVariablesOfIssuers() {
        MicroProfileProperties properties = properties(
                Map.of(
                        "gatehouse.issuers.main.issuer", "x",
                        "GATEHOUSE_ISSUERS_MAIN_ISSUER", "x",
                        "gatehouse.issuers.main.jwks.uri", "x",
                        "GATEHOUSE_ISSUERS_MAIN_JWKS_URI", "x",
                        "gatehouse.issuers.my.idp.issuer", "x",
                        "GATEHOUSE_ISSUERS_MY_IDP_ISSUER", "x",
                        "gatehouse.issuers.my-idp.audiences", "x",
                        "gatehouse.issuers.my-idp.isuer", "x"),
                "GATEHOUSE_ISSUERS_MAIN_ISSUER",
                "GATEHOUSE_ISSUERS_MAIN_JWKS_URI",
                "GATEHOUSE_ISSUERS_MY_IDP_ISSUER");

        assertThat(properties.names())
                .containsExactlyInAnyOrder(
                        "gatehouse.issuers.main.issuer",
                        "gatehouse.issuers.my-idp.audiences",
                        "gatehouse.issuers.my-idp.isuer");
        assertThat(PropertyNames.of(properties).issuers()).containsExactly("main", "my-idp");
    }
}
