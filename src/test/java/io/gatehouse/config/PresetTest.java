package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files themselves, and how their values come into force. What they make of tokens: {@link PresetTokensTest}. */
class PresetTest {

    private static final List<String> NAMES = Preset.NAMES;
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
    private static final String X = "gatehouse.issuers.x.";

    private static TestProperties preset(String name) {
        return TestProperties.none().with(X + "preset", name);
    }

    private static TestProperties entra() {
        return preset("entra").with(X + "preset.tenant", "t1").with(X + "preset.client", "c1");
    }

    private static IssuerConfig read(TestProperties properties) {
        return properties.read().issuers().get(0);
    }

    private static List<ConfigProblem> problems(TestProperties properties) {
        try {
            properties.read();
            return List.of();
        } catch (GatehouseConfigException refused) {
            return refused.problems();
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void setsPropertiesOfIssuersOnly(String name) {
        assertThat(Preset.named(name).orElseThrow().values().keySet())
                .isNotEmpty()
                .allMatch(ending -> Arrays.stream(ConfigProperty.values())
                        .anyMatch(property ->
                                property.isPerIssuer() && property.ending().matches(ending)));
    }

    /** Trust may be widened in few ways, and each is a decision. */
    @Test
    void allowsWhatItsServerNeedsAndNothingElse() {
        List<String> allowed = NAMES.stream()
                .flatMap(name -> Preset.named(name).orElseThrow().values().keySet().stream()
                        .filter(ending -> ending.startsWith("allow-"))
                        .map(ending -> name + " " + ending))
                .toList();

        assertThat(allowed)
                .containsExactlyInAnyOrder(
                        "entra allow-application-tokens",
                        "mesh allow-application-tokens",
                        "google allow-id-tokens",
                        "django-oauth-toolkit allow-any-audience");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void speaksHttpsOnly(String name) {
        assertThat(Preset.named(name).orElseThrow().values().values()).noneMatch(value -> value.contains("http:"));
    }

    @Test
    void isDocumented() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "presets.md"));

        assertThat(ROW.matcher(documentation).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(NAMES);
        for (String name : NAMES) {
            String row = documentation
                    .lines()
                    .filter(line -> line.startsWith("| `" + name + "` |"))
                    .findFirst()
                    .orElseThrow();
            Set<String> variables = Preset.named(name).orElseThrow().variables();
            assertThat(variables).allMatch(variable -> row.contains("`" + variable + "`"));
        }
    }

    @Test
    void isOneOfThoseThereAre() {
        assertThat(problems(
                        preset("azure").with(X + "issuer", "https://a.example").with(X + "audiences", "x")))
                .singleElement()
                .satisfies(only -> {
                    assertThat(only.property()).isEqualTo(X + "preset");
                    assertThat(only.problem()).contains("\"azure\" is not one of auth0, authress, cognito");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "keycloak, https://k.example/realms/a, https://k.example/realms/a/protocol/openid-connect/certs",
        "entra, '', https://login.microsoftonline.com/v-tenant/discovery/v2.0/keys",
        "mesh, '', https://login.microsoftonline.com/v-tenant/discovery/v2.0/keys",
        "auth0, '', https://v-domain/.well-known/jwks.json",
        "okta, '', https://v-domain/oauth2/v-server/v1/keys",
        "cognito, '', https://cognito-idp.v-region.amazonaws.com/v-user-pool/.well-known/jwks.json",
        "google, '', https://www.googleapis.com/oauth2/v3/certs"
    })
    void knowsWhereTheKeysAre(String name, String issuer, String keys) {
        TestProperties properties =
                preset(name).with(X + "audiences", "orders-api").with(X + "issuer", issuer);
        Preset.named(name).orElseThrow().variables().stream()
                .filter(variable -> !variable.equals("issuer"))
                .forEach(variable -> properties.with(X + "preset." + variable, "v-" + variable));

        assertThat(read(properties).local().keySource()).isEqualTo(new KeySource.Remote(URI.create(keys)));
    }

    @Test
    void knowsThatAuthressHasKeysBelowEachIssuer() {
        TestProperties properties =
                preset("authress").with(X + "audiences", "a").with(X + "preset.domain", "login.acme.com");

        assertThat(read(properties).local().keySource())
                .isEqualTo(new KeySource.PerIssuer("/.well-known/openid-configuration/jwks"));
    }

    @Test
    void knowsThatKernelPublishesMetadata() {
        TestProperties properties =
                preset("kernel").with(X + "audiences", "a").with(X + "issuer", "https://auth.kernel.example");

        assertThat(read(properties).local().keySource()).isInstanceOf(KeySource.Discovered.class);
    }

    @ParameterizedTest
    @CsvSource({
        "entra, tenant client",
        "mesh, tenant scope",
        "auth0, domain",
        "okta, domain",
        "cognito, region user-pool client",
        "google, client",
        "globus, client",
        "django-oauth-toolkit, base"
    })
    void tellsOnceForEachVariableThatItIsMissing(String name, String variables) {
        TestProperties properties = preset(name)
                .with(X + "audiences", variables.contains("client") || variables.equals("base") ? "" : "orders-api")
                .with(X + "introspection.client-secret", name.equals("globus") ? "s3cret" : "");

        List<ConfigProblem> problems = problems(properties);
        assertThat(problems.stream().map(ConfigProblem::property))
                .containsExactlyInAnyOrderElementsOf(Stream.of(variables.split(" "))
                        .map(variable -> X + "preset." + variable)
                        .toList());
        assertThat(problems).allSatisfy(problem -> assertThat(problem.problem())
                .contains("is missing: the preset " + name + " needs it for"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "kernel"})
    void tellsThatTheIssuerIsMissing(String name) {
        assertThat(problems(preset(name).with(X + "audiences", "a")))
                .extracting(ConfigProblem::property)
                .contains(X + "issuer")
                .doesNotContain(X + "preset.issuer");
    }

    @Test
    void tellsThatAuthressNeedsADomainOrAnAccount() {
        assertThat(problems(preset("authress").with(X + "audiences", "a")))
                .extracting(ConfigProblem::property)
                .containsExactly(X + "issuer");
    }

    @ParameterizedTest
    @CsvSource({"tenent, tenant", "issuer, tenant", "Tenant, tenant"})
    void hasNoOtherVariables(String variable, String known) {
        assertThat(problems(entra().with(X + "preset." + variable, "x")))
                .singleElement()
                .satisfies(only -> {
                    assertThat(only.property()).isEqualTo(X + "preset." + variable);
                    assertThat(only.problem()).contains("no such variable", known);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.eu.auth0.com",
                "acme.eu.auth0.com/",
                "acme.eu.auth0.com/x",
                "a@b.com",
                "a b",
                "{sub}"
            })
    void takesAHostForAHost(String domain) {
        TestProperties properties = preset("auth0").with(X + "audiences", "a").with(X + "preset.domain", domain);

        assertThat(problems(properties)).extracting(ConfigProblem::property).contains(X + "preset.domain");
    }

    @Test
    void leavesOutWhatNeedNotBeGiven() {
        TestProperties properties =
                preset("keycloak").with(X + "audiences", "a").with(X + "issuer", "https://k.example/realms/a");
        assertThat(read(properties).roles().claimPaths()).containsExactly("realm_access.roles");

        assertThat(read(properties.with(X + "preset.client", "my.orders:api"))
                        .roles()
                        .claimPaths())
                .containsExactly("realm_access.roles", "resource_access.my.orders:api.roles");
    }

    @Test
    void takesDefaultsOfVariables() {
        TestProperties properties =
                preset("okta").with(X + "audiences", "a").with(X + "preset.domain", "acme.okta.com");

        assertThat(read(properties).issuer().describe()).isEqualTo("https://acme.okta.com/oauth2/default");
    }

    @Test
    void givesWayToTheIssuersOwnValues() {
        IssuerConfig config = read(entra().with(X + "issuer", "https://own.example")
                .with(X + "jwks-uri", "https://own.example/jwks")
                .with(X + "principal-claims", "email")
                .with(X + "scope-required", "false"));

        assertThat(config.issuer().describe()).isEqualTo("https://own.example");
        assertThat(config.local().keySource()).isEqualTo(new KeySource.Remote(URI.create("https://own.example/jwks")));
        assertThat(config.local().claims().callerNameClaims()).containsExactly("email");
        assertThat(config.local().claims().kinds().scopeRequired()).isFalse();
        assertThat(config.local().claims().requiredValues()).isEqualTo(Map.of("tid", Set.of("t1")));
    }

    @Test
    void givesWayToTheIssuersOwnKeysWhateverTheirForm() {
        IssuerConfig config = read(entra().with(X + "public-key", TestKeys.pem(TestKeys.RSA.getPublic())));

        assertThat(config.local().keySource()).isInstanceOf(KeySource.Inline.class);
    }

    @Test
    void goesBeforeWhatIsSharedByAllIssuers() {
        IssuerConfig config = read(entra().with("gatehouse.principal-claims", "email")
                .with("mp.jwt.verify.audiences", "everybody")
                .with("gatehouse.scope-required", "false"));

        assertThat(config.local().claims().callerNameClaims()).containsExactly("oid");
        assertThat(config.local().claims().audience().accepts(List.of("everybody")))
                .isFalse();
        assertThat(config.local().claims().kinds().scopeRequired()).isTrue();
    }

    @Test
    void needsNoVariableOfAValueThatIsSet() {
        TestProperties properties = preset("google").with(X + "audiences", "a");

        assertThat(problems(properties)).isEmpty();
    }

    @Test
    void doesNotAskWithoutProofThatItMay() {
        TestProperties properties =
                preset("keycloak").with(X + "audiences", "a").with(X + "issuer", "https://k.example/realms/a");
        assertThat(read(properties).remote()).isNull();
        assertThat(read(properties).mode()).isEqualTo(ValidationMode.JWT);

        assertThat(problems(properties.with(X + "introspection.client-id", "rs")))
                .singleElement()
                .satisfies(only -> assertThat(only.problem()).contains("nothing proves who asks", "client-secret"));

        IssuerConfig asked = read(properties.with(X + "introspection.client-secret", "s3cret"));
        assertThat(asked.mode()).isEqualTo(ValidationMode.AUTO);
        assertThat(asked.remote().endpoint())
                .isEqualTo(URI.create("https://k.example/realms/a/protocol/openid-connect/token/introspect"));
    }

    @Test
    void letsOwnAudiencesComeBeforeItsOwnLackOfThem() {
        TestProperties properties = preset("django-oauth-toolkit")
                .with(X + "preset.base", "https://login.example.com/o")
                .with(X + "introspection.bearer-token", "t0ken")
                .with(X + "audiences", "orders-api");

        assertThat(read(properties).remote().claims().audience().accepts(List.of("another")))
                .isFalse();
    }
}
