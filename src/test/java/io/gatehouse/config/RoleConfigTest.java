package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ROLE_CASE;
import static io.gatehouse.config.ConfigProperty.ROLE_DEFAULTS;
import static io.gatehouse.config.ConfigProperty.ROLE_GROUPS_FILE;
import static io.gatehouse.config.ConfigProperty.WHO_AM_I_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.roles.LetterCase;
import io.gatehouse.roles.RoleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleConfigTest {

    private static RoleSettings roles(TestProperties properties) {
        return properties.read().issuers().get(0).roles();
    }

    private static void assertProblem(TestProperties properties, String property, String problem) {
        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(properties::read)
                .satisfies(thrown ->
                        assertThat(thrown.problems()).singleElement().isEqualTo(new ConfigProblem(property, problem)));
    }

    @Nested
    class Names {

        @Test
        void stayAsTheyAreByDefault() {
            RoleSettings roles = roles(TestProperties.valid());
            assertThat(roles.letterCase()).isEqualTo(LetterCase.AS_IS);
            assertThat(roles.strippedPrefixes()).isEmpty();
        }

        @Test
        void loseThePrefixesOfTheirClaim() {
            RoleSettings roles = roles(TestProperties.valid().with("gatehouse.roles.strip-prefix.groups", "ROLE_, /"));
            assertThat(roles.strippedPrefixes()).isEqualTo(Map.of("groups", List.of("ROLE_", "/")));
        }

        @Test
        void loseThoseOfAClaimThatOnlyAnswersHave() {
            assertThat(roles(TestProperties.valid().with("gatehouse.roles.strip-prefix.scope", "x"))
                            .strippedPrefixes())
                    .containsKey("scope");
        }

        @Test
        void keepThePrefixesOfOtherClaims() {
            assertProblem(
                    TestProperties.valid().with("gatehouse.roles.strip-prefix.roles", "ROLE_"),
                    "gatehouse.roles.strip-prefix.roles",
                    "is about a claim that lists no roles: see gatehouse.roles.claims");
        }

        @ParameterizedTest
        @CsvSource({"upper, UPPER", "lower, LOWER", "as-is, AS_IS"})
        void haveACase(String text, LetterCase letterCase) {
            assertThat(roles(TestProperties.valid().with(ROLE_CASE, text)).letterCase())
                    .isEqualTo(letterCase);
        }

        @ParameterizedTest
        @ValueSource(strings = {"UPPER", "true", "title"})
        void haveNoOtherCase(String text) {
            assertProblem(
                    TestProperties.valid().with(ROLE_CASE, text),
                    "gatehouse.roles.case",
                    "\"" + text + "\" is not as-is, upper or lower");
        }

        @Test
        void areEachIssuersOwn() {
            GatehouseConfig config = TestProperties.valid()
                    .with(ROLE_CASE, "upper")
                    .with("gatehouse.issuers.other.issuer", "https://other.example")
                    .with("gatehouse.issuers.other.audiences", "orders-api")
                    .with("gatehouse.issuers.other.key-location", "https://other.example/jwks")
                    .with("gatehouse.issuers.other.roles.strip-prefix.groups", "/")
                    .read();
            assertThat(config.issuers())
                    .extracting(issuer -> issuer.roles().letterCase())
                    .containsExactlyInAnyOrder(LetterCase.UPPER, LetterCase.AS_IS);
            assertThat(config.issuers())
                    .extracting(issuer -> issuer.roles().strippedPrefixes())
                    .containsExactlyInAnyOrder(Map.of(), Map.of("groups", List.of("/")));
        }

        @ParameterizedTest
        @CsvSource({
            "gatehouse.roles.defaults, **, '\"**\" cannot be the name of a role'",
            "gatehouse.roles.map.user, *, '\"*\" cannot be the name of a role'",
            "gatehouse.roles.map.**, admin, nobody can have the role"
        })
        void thatMeanAnybodyAreNone(String property, String value, String problem) {
            assertProblem(TestProperties.valid().with(property, value), property, problem);
        }
    }

    @Nested
    class GroupsFiles {

        @TempDir
        private Path folder;

        private TestProperties with(String text) throws IOException {
            Path file = Files.writeString(folder.resolve("groups.json"), text);
            return TestProperties.valid().with(ROLE_GROUPS_FILE, file.toString());
        }

        @Test
        void grantWithTheMapTogether() throws IOException {
            TestProperties properties =
                    with("{\"OAuth\":{\"Users\":[\"(model, read)\"],\"Admins\":[\"(model, delete)\"]}} //")
                            .with("gatehouse.roles.map.Users", "user,reader")
                            .with("gatehouse.roles.map.Others", "guest");
            assertThat(roles(properties).granted())
                    .isEqualTo(Map.of(
                            "Users", Set.of("model:read", "user", "reader"),
                            "Admins", Set.of("model:delete"),
                            "Others", Set.of("guest")));
        }

        @Test
        void countForAnswersToo() throws IOException {
            GatehouseConfig config = with("{\"OAuth\":{\"Users\":[\"(model, read)\"]}}")
                    .with("gatehouse.introspection.endpoint", "https://issuer.example/introspect")
                    .with("gatehouse.introspection.bearer-token", "secret")
                    .read();
            assertThat(config.issuers().get(0).remote().roles().granted()).containsKey("Users");
        }

        @Test
        void stopTheDeploymentWhereTheySayWhatCannotBeFollowed() throws IOException {
            assertProblem(
                    with("{\"OAuth\":{\"Users\":[\"read\"]}}"),
                    "gatehouse.roles.groups-file",
                    "a permission of \"Users\" does not look like \"(time_series, read)\"");
        }

        @Test
        void stopTheDeploymentWhereTheyAreMissing() {
            assertProblem(
                    TestProperties.valid().with(ROLE_GROUPS_FILE, "/no/such/file.json"),
                    "gatehouse.roles.groups-file",
                    "\"/no/such/file.json\" cannot be read: there is no such file or class path resource");
        }

        @Test
        void areNotFetched() {
            assertProblem(
                    TestProperties.valid().with(ROLE_GROUPS_FILE, "https://example.com/groups.json"),
                    "gatehouse.roles.groups-file",
                    "is a file or a class path resource; nothing is fetched");
        }
    }

    @Nested
    class WhoAmIPath {

        @Test
        void isNowhereByDefault() {
            assertThat(TestProperties.valid().read().whoAmIPath()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/whoami", "/api/who-am-i", "/a/b_c/D1"})
        void mayBeAnywhere(String path) {
            assertThat(TestProperties.valid().with(WHO_AM_I_PATH, path).read().whoAmIPath())
                    .isEqualTo(path);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"whoami", "/", "/whoami/", "//whoami", "/a/../b", "/*", "/a b", "/a?b", "/{id}", "/a;b"})
        void isAPath(String path) {
            assertProblem(
                    TestProperties.valid().with(WHO_AM_I_PATH, path),
                    "gatehouse.whoami.path",
                    "\"" + path + "\" is not a path such as /whoami: letters, digits, - and _ between slashes");
        }
    }

    @Test
    void defaultsMayBeSeveral() {
        assertThat(roles(TestProperties.valid().with(ROLE_DEFAULTS, "a, b")).defaults())
                .isEqualTo(Set.of("a", "b"));
    }
}
