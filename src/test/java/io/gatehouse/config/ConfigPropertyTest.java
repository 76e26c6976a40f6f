package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPropertyTest {

    private static final Path DOCUMENTATION = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void isDocumentedWithoutExceptionAndNothingElseIs() throws IOException {
        List<String> documented = ROW.matcher(Files.readString(DOCUMENTATION))
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(documented)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ConfigProperty.values())
                        .map(ConfigProperty::propertyName)
                        .toList());
    }

    @Test
    void isNamedInTheDocumentationOnlyIfItExists() throws IOException {
        assertThat(Pattern.compile("`((?:mp\\.jwt|gatehouse)\\.[a-z.<>-]+)`")
                        .matcher(Files.readString(DOCUMENTATION))
                        .results()
                        .map(this::name))
                .allMatch(ConfigProperty::isKnown);
    }

    private String name(MatchResult result) {
        return result.group(1);
    }

    @ParameterizedTest
    @EnumSource
    void isKnownByItsName(ConfigProperty property) {
        assertThat(ConfigProperty.isKnown(property.propertyName())).isTrue();
        assertThat(property.ending().prefix()).doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse.roles.map.admin", "gatehouse.roles.map.a.b", "gatehouse.roles.map.a b"})
    void mayEndInANameOfTheUsersChoice(String name) {
        assertThat(ConfigProperty.isKnown(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gatehouse.",
                "gatehouse.roles.map",
                "gatehouse.roles.map.",
                "gatehouse.realm.x",
                "realm",
                "GATEHOUSE.REALM"
            })
    void isNothingElse(String name) {
        assertThat(ConfigProperty.isKnown(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a,a,0", "a,b,1", "'',abc,3", "abc,'',3", "kitten,sitting,3", "realm,relm,1", "relm,realm,1", "ab,ba,2"
    })
    void isAsNearAsTheLettersThatDiffer(String a, String b, int distance) {
        assertThat(EditDistance.between(a, b)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_REALM,false",
        "GATEHOUSE_TOKEN_TYPES,false",
        "GATEHOUSE_ROLES_MAP_ADMIN,false",
        "GATEHOUSE_RELM,true",
        "GATEHOUSE_REALM_,true",
        "GATEHOUSE_,true",
        "GATEHOUSE,false",
        "MP_JWT_VERIFY_ISUER,false",
        "OTHER,false",
        "GATEHOUSE_ROLES_MAP_,true",
        "GATEHOUSE_OPAQUE_TOKENS,false",
        "GATEHOUSE_ISSUERS_MAIN_ISSUER,false",
        "GATEHOUSE_ISSUERS_MAIN_JWKS_URI,false",
        "GATEHOUSE_ISSUERS_MAIN_INTROSPECTION_CLIENT_SECRET,false",
        "GATEHOUSE_ISSUERS_MAIN_PRESET_TENANT,false",
        "GATEHOUSE_ISSUERS_MAIN_ROLES_MAP_ADMIN,false",
        "GATEHOUSE_ISSUERS_MY_IDP_KEY_LOCATION,false",
        "GATEHOUSE_ISSUERS_MAIN_ISUER,true",
        "GATEHOUSE_ISSUERS_MAIN_REALM,true",
        "GATEHOUSE_ISSUERS_MAIN_ROLES_MAP_,true",
        "GATEHOUSE_ISSUERS_MAIN,true",
        "GATEHOUSE_ISSUERS_MAIN_,true",
        "GATEHOUSE_ISSUERS_,true",
        "GATEHOUSE_ISSUERS_NOBODY_ISSUER,true",
        "GATEHOUSE_ISSUERS_X_MAIN_ISSUER,true",
        "GATEHOUSE_CLIENTS_ORDERS_CLIENT_SECRET,false",
        "GATEHOUSE_CLIENTS_ORDERS_PARAMETERS_PURPOSE,false",
        "GATEHOUSE_CLIENTS_ORDERS_CLIENT_SECRT,true",
        "GATEHOUSE_CLIENTS_NOBODY_CLIENT_SECRET,true",
        "GATEHOUSE_ISSUERS_ORDERS_ISSUER,true"
    })
    void hasAVariableThatCanBeMisspelt(String variable, boolean misspelt) {
        assertThat(ConfigProperty.isMisspeltVariable(variable, Set.of("main", "my-idp"), Set.of("orders")))
                .isEqualTo(misspelt);
    }

    @Test
    void hasAVariableOfItsOwn() {
        assertThat(ConfigProperty.environmentName("gatehouse.allow-plain-http"))
                .isEqualTo("GATEHOUSE_ALLOW_PLAIN_HTTP");
        assertThat(Arrays.stream(ConfigProperty.values()).map(p -> ConfigProperty.environmentName(p.propertyName())))
                .doesNotHaveDuplicates();
    }
}
