package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.token.IssuerIdentifier;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers by name, and what they call themselves. */
class IssuersConfigTest extends IssuersConfigFixture {

    @Nested
    class Names {

        @Test
        void bringIssuersIntoBeing() {
            assertThat(both().read().issuers().stream().map(IssuerConfig::name)).containsExactly("default", "staff");
            assertThat(staff().read().issuers().stream().map(IssuerConfig::name))
                    .containsExactly("staff");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b", "ä", "a/b", "a:b", "a*"})
        void haveLettersAndDigits(String name) {
            String property = "gatehouse.issuers." + name;
            TestProperties properties = staff().with(property + ".issuer", "https://x.example");

            assertProblem(properties, property, "letters, digits");
        }

        @Test
        void haveSixtyFourCharactersAtMost() {
            String longest = "a".repeat(64);
            assertThat(problems(staff().with("gatehouse.issuers." + longest + ".issuer", "https://x.example")
                            .with("gatehouse.issuers." + longest + ".audiences", "x")))
                    .isEmpty();
            assertProblem(
                    staff().with("gatehouse.issuers." + longest + "a.issuer", "https://x.example"),
                    "gatehouse.issuers." + longest + "a",
                    "64");
        }

        @ParameterizedTest
        @CsvSource({
            "gatehouse.issuers.staff.isuer, gatehouse.issuers.staff.issuer",
            "gatehouse.issuers.staff.audience, gatehouse.issuers.staff.audiences",
            "gatehouse.issuers.staff.jwks-url, gatehouse.issuers.staff.jwks-uri",
            "gatehouse.issuers.staff.introspection.endpont, gatehouse.issuers.staff.introspection.endpoint",
            "gatehouse.issuers.staff.roles.claim, gatehouse.issuers.staff.roles.claims",
            "gatehouse.issuers.staff.presets, gatehouse.issuers.staff.preset",
            "gatehouse.opaque-token, gatehouse.opaque-tokens",
            "gatehouse.preset, gatehouse.issuers.<issuer>.preset",
            "gatehouse.preset.tenant, gatehouse.issuers.<issuer>.preset.<variable>",
            "gatehouse.jwks-uri, gatehouse.issuers.<issuer>.jwks-uri"
        })
        void thatAreMisspeltAreToldWithTheNearest(String name, String nearest) {
            assertProblem(staff().with(name, "x"), name, "did you mean " + nearest + "?");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "gatehouse.issuers.staff",
                    "gatehouse.issuers.",
                    "gatehouse.issuers",
                    "gatehouse.issuers..issuer",
                    "gatehouse.issuers.staff.",
                    "gatehouse.issuers.staff.roles.map.",
                    "gatehouse.issuers.staff.realm",
                    "gatehouse.issuers.staff.allow-plain-http",
                    "gatehouse.issuers.staff.maximum-token-length",
                    "gatehouse.issuers.staff.basic.enabled",
                    "gatehouse.issuers.staff.publickey",
                    "gatehouse.issuers.staff.verify.issuer",
                    "gatehouse.preset",
                    "gatehouse.jwks-uri",
                    "gatehouse.discovery",
                    "gatehouse.allow-any-audience",
                    "gatehouse.audiences",
                    "gatehouse.issuer"
                })
        void ofNoPropertyAreRefused(String name) {
            assertProblem(staff().with(name, "x"), name, "there is no such property");
        }
    }

    @Nested
    class Identifiers {

        @Test
        void areAListOfExactValuesAndTemplates() {
            TestProperties properties =
                    staff().with(STAFF + "issuer", "https://a.example/, accounts.example,https://a.example/c/{sub}");

            assertThat(staffOf(properties).issuer().identifiers())
                    .containsExactlyInAnyOrder(
                            IssuerIdentifier.exactly("https://a.example/"),
                            IssuerIdentifier.exactly("accounts.example"),
                            IssuerIdentifier.parse("https://a.example/c/{sub}").orElseThrow());
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://{sub}/", "{iss}", "https://a.example/{a}/{b}", "https://a.example/{"})
        void thatAreNoTemplatesAreRefused(String issuer) {
            assertProblem(staff().with(STAFF + "issuer", issuer), STAFF + "issuer", "is no template", issuer);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://staff.example", "https://x.example,https://staff.example"})
        void belongToOneIssuer(String issuer) {
            TestProperties properties = staff().with("gatehouse.issuers.twin.issuer", issuer)
                    .with("gatehouse.issuers.twin.jwks-uri", "https://x.example/jwks")
                    .with("gatehouse.issuers.twin.audiences", "x");

            assertProblem(properties, "gatehouse.issuers.twin.issuer", "is the issuer \"staff\" already");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://h.example/c/{client_id}",
                    "https://h.example/c/{sub}/v2",
                    "https://h.example/{sub}",
                    "https://h.example/c/a{sub}"
                })
        void thatOneTokenCouldCompleteTwiceAreRefused(String template) {
            TestProperties properties = staff().with(STAFF + "issuer", "https://h.example/c/{sub}")
                    .with("gatehouse.issuers.twin.issuer", template)
                    .with("gatehouse.issuers.twin.jwks-uri", "https://h.example/jwks")
                    .with("gatehouse.issuers.twin.audiences", "x");

            assertProblem(properties, "gatehouse.issuers.twin.issuer", "could be the same as");
        }

        @Test
        void ofOneIssuerMayOverlap() {
            assertThat(problems(
                            staff().with(STAFF + "issuer", "https://h.example/{sub},https://h.example/{client_id}")))
                    .isEmpty();
        }

        @Test
        void areNeededToVerify() {
            TestProperties properties = TestProperties.none()
                    .with(STAFF + "audiences", "orders-api")
                    .with(STAFF + "jwks-uri", "https://staff.example/jwks");

            assertProblem(properties, STAFF + "issuer", "is missing");
        }
    }

    @Nested
    class TheDefaultIssuer {

        @Test
        void mayBeConfiguredByItsNameLikeTheOthers() {
            TestProperties properties = TestProperties.none()
                    .with("gatehouse.issuers.default.issuer", "https://issuer.example")
                    .with("gatehouse.issuers.default.jwks-uri", "https://issuer.example/jwks")
                    .with("gatehouse.issuers.default.allow-id-tokens", "true")
                    .with("gatehouse.roles.map.boss", "admin")
                    .with("gatehouse.issuers.default.roles.map.clerk", "user");
            IssuerConfig config = properties.read().issuers().get(0);

            assertThat(config.name()).isEqualTo("default");
            assertThat(config.issuer().describe()).isEqualTo("https://issuer.example");
            assertThat(config.local().keySource())
                    .isEqualTo(new KeySource.Remote(URI.create("https://issuer.example/jwks")));
            assertThat(config.local().claims().kinds().idTokensAccepted()).isTrue();
            assertThat(config.roles().granted()).containsOnlyKeys("boss", "clerk");
        }

        @Test
        void hasItsOwnValueWhereAShorterNameSpeaksForAll() {
            GatehouseConfig config = both().with("gatehouse.allow-missing-iat", "true")
                    .with("gatehouse.issuers.default.allow-missing-iat", "false")
                    .read();

            assertThat(issuer(config, "default").local().claims().requiredClaims())
                    .contains("iat");
            assertThat(issuer(config, "staff").local().claims().requiredClaims())
                    .doesNotContain("iat");
        }

        @ParameterizedTest
        @CsvSource({
            "mp.jwt.verify.issuer, issuer, https://other.example",
            "mp.jwt.verify.publickey, public-key, x",
            "gatehouse.validation, validation, jwt",
            "gatehouse.roles.prefix, roles.prefix, x"
        })
        void hasNoPropertyTwice(String name, String ending, String value) {
            TestProperties properties = TestProperties.valid();
            if (properties.value(name).isEmpty()) {
                properties.with(name, value);
            }

            assertThat(problems(properties.with("gatehouse.issuers.default." + ending, value)))
                    .contains(new ConfigProblem(
                            "gatehouse.issuers.default." + ending, "is set together with " + name + "; keep one"));
        }

        @Test
        void isNotThereWhereOthersAreAndNothingIsSetOfIt() {
            assertThat(staff().with("mp.jwt.verify.issuer", "").read().issuers())
                    .hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({
            "gatehouse.introspection.client-id, gatehouse.issuers.<issuer>.introspection.client-id",
            "gatehouse.introspection.parameters.include, gatehouse.issuers.<issuer>.introspection.parameters.<name>",
            "gatehouse.roles.map.admin, gatehouse.issuers.<issuer>.roles.map.<role>",
            "gatehouse.roles.prefix, gatehouse.issuers.<issuer>.roles.prefix",
            "gatehouse.key-store-password, gatehouse.issuers.<issuer>.key-store-password"
        })
        void isNotThereForSettingsOfNobody(String name, String meant) {
            assertProblem(staff().with(name, "x"), name, "belongs to the issuer of mp.jwt.verify.issuer", meant);
        }

        @Test
        void needsWhatItNeededBefore() {
            assertThat(problems(TestProperties.none()).stream().map(ConfigProblem::property))
                    .containsExactly("mp.jwt.verify.issuer", "mp.jwt.verify.publickey.location");
        }
    }

    @Test
    void readsAThousandIssuers() {
        TestProperties properties = TestProperties.none();
        IntStream.range(0, 1_000).forEach(i -> properties
                .with("gatehouse.issuers.i" + i + ".issuer", "https://issuer.example/" + i)
                .with("gatehouse.issuers.i" + i + ".audiences", "orders-api"));

        assertThat(properties.read().issuers()).hasSize(1_000);
    }

    @Test
    void tellsAllProblemsOfAllIssuersAtOnce() {
        TestProperties properties = staff().with(STAFF + "clock-skew", "x")
                .with("gatehouse.issuers.ops.issuer", "https://ops.example")
                .with("gatehouse.issuers.ops.validation", "x");

        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(properties::read)
                .satisfies(refused -> assertThat(refused.problems().stream().map(ConfigProblem::property))
                        .containsExactlyInAnyOrder(
                                STAFF + "clock-skew",
                                "gatehouse.issuers.ops.validation",
                                "gatehouse.issuers.ops.audiences"));
    }
}
