package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.KindRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers by name: what is theirs, what they share, and what is refused. */
class IssuersConfigTest {

    private static final String KEY = TestKeys.pem(TestKeys.RSA.getPublic());
    private static final String STAFF = "gatehouse.issuers.staff.";

    /** Staff, complete, and no default issuer. */
    private static TestProperties staff() {
        return TestProperties.none()
                .with(STAFF + "issuer", "https://staff.example")
                .with(STAFF + "audiences", "orders-api")
                .with(STAFF + "jwks-uri", "https://staff.example/jwks");
    }

    /** The issuer of MicroProfile JWT's names, and staff. */
    private static TestProperties both() {
        return TestProperties.valid()
                .with(STAFF + "issuer", "https://staff.example")
                .with(STAFF + "audiences", "staff-api")
                .with(STAFF + "jwks-uri", "https://staff.example/jwks");
    }

    private static TestProperties asked(TestProperties properties, String name) {
        return properties
                .with("gatehouse.issuers." + name + ".issuer", "https://" + name + ".example")
                .with("gatehouse.issuers." + name + ".audiences", "orders-api")
                .with(
                        "gatehouse.issuers." + name + ".introspection.endpoint",
                        "https://" + name + ".example/introspect")
                .with("gatehouse.issuers." + name + ".introspection.bearer-token", "t0ken");
    }

    private static IssuerConfig issuer(GatehouseConfig config, String name) {
        return config.issuers().stream()
                .filter(issuer -> issuer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static IssuerConfig staffOf(TestProperties properties) {
        return issuer(properties.read(), "staff");
    }

    private static List<ConfigProblem> problems(TestProperties properties) {
        try {
            properties.read();
            return List.of();
        } catch (GatehouseConfigException refused) {
            return refused.problems();
        }
    }

    private static void assertProblem(TestProperties properties, String property, String... words) {
        assertThat(problems(properties)).singleElement().satisfies(only -> {
            assertThat(only.property()).isEqualTo(property);
            assertThat(only.problem()).contains(words);
        });
    }

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
    class WhatIsShared {

        private ClaimsPolicy claims(TestProperties properties) {
            return staffOf(properties).local().claims();
        }

        @Test
        void isWhatTheApplicationSaysUnlessTheIssuerSaysOtherwise() {
            TestProperties properties = both().with("mp.jwt.verify.clock.skew", "7")
                    .with("mp.jwt.verify.token.age", "60")
                    .with("gatehouse.token-types", "JWT,x+jwt")
                    .with("gatehouse.principal-claims", "email")
                    .with("gatehouse.required-claims", "tenant=a")
                    .with("gatehouse.required-scopes", "orders")
                    .with("gatehouse.roles.claims", "permissions")
                    .with("gatehouse.jwks.cooldown", "42s")
                    .with("gatehouse.algorithms", "RS512")
                    .with("gatehouse.allow-missing-iat", "true");
            IssuerConfig inherited = staffOf(properties);

            assertThat(inherited.local().claims().expirySkew()).isEqualTo(Duration.ofSeconds(7));
            assertThat(inherited.local().claims().maximumAge()).isEqualTo(Duration.ofSeconds(60));
            assertThat(inherited.local().acceptedTypes()).containsExactlyInAnyOrder("jwt", "x+jwt");
            assertThat(inherited.local().claims().callerNameClaims()).containsExactly("email");
            assertThat(inherited.local().claims().requiredValues()).isEqualTo(Map.of("tenant", Set.of("a")));
            assertThat(inherited.local().claims().requiredClaims()).doesNotContain("iat");
            assertThat(inherited.local().claims().kinds())
                    .isEqualTo(new KindRule(false, Set.of("orders"), false, false));
            assertThat(inherited.roles().claimPaths()).containsExactly("permissions");
            assertThat(inherited.local().remoteKeys().cooldown()).isEqualTo(Duration.ofSeconds(42));
            assertThat(inherited.local().keyPolicy().admits(SignatureAlgorithm.RS256))
                    .isFalse();

            IssuerConfig own = staffOf(properties
                    .with(STAFF + "clock-skew", "1")
                    .with(STAFF + "principal-claims", "oid")
                    .with(STAFF + "required-scopes", "staff")
                    .with(STAFF + "algorithms", "RS256")
                    .with(STAFF + "allow-missing-iat", "false"));
            assertThat(own.local().claims().expirySkew()).isEqualTo(Duration.ofSeconds(1));
            assertThat(own.local().claims().callerNameClaims()).containsExactly("oid");
            assertThat(own.local().claims().kinds().requiredScopes()).containsExactlyInAnyOrder("orders", "staff");
            assertThat(own.local().claims().requiredClaims()).contains("iat");
            assertThat(own.local().keyPolicy().admits(SignatureAlgorithm.RS256)).isTrue();
            assertThat(own.local().keyPolicy().admits(SignatureAlgorithm.RS512)).isFalse();
        }

        @Test
        void addsUpWhereItOnlyAsksForMore() {
            ClaimsPolicy policy = claims(both().with("gatehouse.required-claims", "email, tenant=a, level=1")
                    .with(STAFF + "preset", "cognito")
                    .with(STAFF + "preset.region", "eu-west-1")
                    .with(STAFF + "preset.user-pool", "pool")
                    .with(STAFF + "preset.client", "c")
                    .with(STAFF + "required-claims", "tenant=b, oid"));

            assertThat(policy.requiredClaims()).contains("email", "oid");
            assertThat(policy.requiredValues())
                    .isEqualTo(Map.of("tenant", Set.of("b"), "level", Set.of("1"), "token_use", Set.of("access")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"allow-id-tokens", "allow-application-tokens"})
        void isNotWhatOpensAnIssuerToTokensOfAnotherKind(String relaxation) {
            TestProperties properties = both().with("gatehouse." + relaxation, "true");

            assertThat(claims(properties).kinds()).isEqualTo(KindRule.accessTokens());
            assertThat(issuer(properties.read(), "default").local().claims().kinds())
                    .isNotEqualTo(KindRule.accessTokens());
        }

        @Test
        void isTheAudienceWhereTheIssuerHasNone() {
            assertThat(claims(both()).audience()).isEqualTo(new AudienceRule.OneOf(Set.of("staff-api")));
            TestProperties shared = TestProperties.valid()
                    .with(STAFF + "issuer", "https://staff.example")
                    .with(STAFF + "jwks-uri", "https://staff.example/jwks");
            assertThat(claims(shared).audience()).isEqualTo(new AudienceRule.OneOf(Set.of("orders-api")));
        }

        @Test
        void isNeitherKeyNorCredentialNorWhatARoleIsWorth() {
            TestProperties properties = TestProperties.valid()
                    .with("gatehouse.introspection.endpoint", "https://issuer.example/introspect")
                    .with("gatehouse.introspection.bearer-token", "t0ken")
                    .with("gatehouse.introspection.parameters.include", "x")
                    .with("gatehouse.roles.map.boss", "admin")
                    .with("gatehouse.roles.prefix", "p:")
                    .with("gatehouse.roles.prefixes.groups", "g:")
                    .with("gatehouse.roles.mapped-only", "true")
                    .with("gatehouse.roles.defaults", "everybody")
                    .with(STAFF + "issuer", "https://staff.example");
            IssuerConfig staff = staffOf(properties);

            assertThat(staff.mode()).isEqualTo(ValidationMode.JWT);
            assertThat(staff.remote()).isNull();
            assertThat(staff.local().keySource()).isInstanceOf(KeySource.Discovered.class);
            assertThat(staff.roles().granted()).isEmpty();
            assertThat(staff.roles().prefix()).isEmpty();
            assertThat(staff.roles().claimPrefixes()).isEmpty();
            assertThat(staff.roles().mappedOnly()).isFalse();
            assertThat(staff.roles().defaults()).isEmpty();
            assertThat(issuer(properties.read(), "default").roles().granted()).containsKey("boss");
        }

        @Test
        void isNotTheKeyStoresPassword() {
            assertProblem(
                    both().with("gatehouse.key-store-password", "s3cret"),
                    "gatehouse.key-store-password",
                    "is set, but");
        }

        @Test
        void isTheStandardsAlgorithmUntilTheIssuerNamesItsOwn() {
            TestProperties properties = both().with("mp.jwt.verify.publickey.algorithm", "RS256");
            assertThat(staffOf(properties).local().keyPolicy().admits(SignatureAlgorithm.ES256))
                    .isFalse();

            GatehouseConfig config =
                    properties.with(STAFF + "algorithms", "ES256").read();
            assertThat(issuer(config, "staff").local().keyPolicy().admits(SignatureAlgorithm.ES256))
                    .isTrue();
            assertThat(issuer(config, "staff").local().keyPolicy().admits(SignatureAlgorithm.RS256))
                    .isFalse();
            assertThat(issuer(config, "default").local().keyPolicy().admits(SignatureAlgorithm.ES256))
                    .isFalse();
        }

        @Test
        void isWrongOnlyOnce() {
            assertProblem(both().with("gatehouse.allow-id-tokens", "yes"), "gatehouse.allow-id-tokens", "\"yes\"");
            assertProblem(
                    both().with("mp.jwt.verify.publickey.algorithm", "RS256").with("gatehouse.algorithms", "RS256"),
                    "gatehouse.algorithms",
                    "keep one");
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
    class TheAudience {

        private TestProperties without() {
            return TestProperties.none()
                    .with(STAFF + "issuer", "https://staff.example")
                    .with(STAFF + "jwks-uri", "https://staff.example/jwks");
        }

        @Test
        void isRequiredOfNamedIssuers() {
            assertProblem(without(), STAFF + "audiences", "is missing", STAFF + "allow-any-audience=true");
        }

        @Test
        void mayBeDoneWithoutExpressly() {
            assertThat(staffOf(without().with(STAFF + "allow-any-audience", "true"))
                            .local()
                            .claims()
                            .audience())
                    .isEqualTo(new AudienceRule.Any());
        }

        @Test
        void isNotBothSetAndDoneWithout() {
            assertProblem(
                    staff().with(STAFF + "allow-any-audience", "true"), STAFF + "allow-any-audience", "contradicts");
        }

        @Test
        void ofTheApplicationMayBeDoneWithoutByOneIssuer() {
            GatehouseConfig config = without()
                    .with("mp.jwt.verify.audiences", "orders-api")
                    .with(STAFF + "allow-any-audience", "true")
                    .read();

            assertThat(issuer(config, "staff").local().claims().audience()).isEqualTo(new AudienceRule.Any());
        }

        @Test
        void mayStandInAnotherClaimWhichIsRequiredThen() {
            ClaimsPolicy claims = staffOf(staff().with(STAFF + "audience-claim", "client_id"))
                    .local()
                    .claims();

            assertThat(claims.audience()).isEqualTo(new AudienceRule.OneOf(Set.of("orders-api"), "client_id"));
            assertThat(claims.requiredClaims()).contains("client_id").doesNotContain("aud");
        }
    }

    @Nested
    class TheKeys {

        private KeySource source(TestProperties properties) {
            return staffOf(properties).local().keySource();
        }

        private TestProperties undecided(String issuer) {
            return TestProperties.none().with(STAFF + "issuer", issuer).with(STAFF + "audiences", "orders-api");
        }

        @ParameterizedTest
        @CsvSource({
            "https://h.example, https://h.example/.well-known/openid-configuration"
                    + " https://h.example/.well-known/oauth-authorization-server",
            "https://h.example/, https://h.example/.well-known/openid-configuration"
                    + " https://h.example/.well-known/oauth-authorization-server",
            "https://h.example/a/b, https://h.example/a/b/.well-known/openid-configuration"
                    + " https://h.example/.well-known/oauth-authorization-server/a/b"
                    + " https://h.example/a/b/.well-known/oauth-authorization-server"
                    + " https://h.example/.well-known/openid-configuration/a/b",
            "https://h.example/a/, https://h.example/a/.well-known/openid-configuration"
                    + " https://h.example/.well-known/oauth-authorization-server/a"
                    + " https://h.example/a/.well-known/oauth-authorization-server"
                    + " https://h.example/.well-known/openid-configuration/a",
            "https://h.example:8443/a%20b, https://h.example:8443/a%20b/.well-known/openid-configuration"
                    + " https://h.example:8443/.well-known/oauth-authorization-server/a%20b"
                    + " https://h.example:8443/a%20b/.well-known/oauth-authorization-server"
                    + " https://h.example:8443/.well-known/openid-configuration/a%20b"
        })
        void areDiscoveredAtTheUsualPlacesWhereNothingElseIsSaid(String issuer, String documents) {
            assertThat(source(undecided(issuer)))
                    .isEqualTo(new KeySource.Discovered(
                            Stream.of(documents.split(" ")).map(URI::create).toList(), Set.of(issuer)));
        }

        @Test
        void areDiscoveredWhereItIsSaid() {
            TestProperties properties = undecided("https://a.example,https://b.example")
                    .with(STAFF + "discovery", "https://c.example/metadata");

            assertThat(source(properties))
                    .isEqualTo(new KeySource.Discovered(
                            List.of(URI.create("https://c.example/metadata")),
                            Set.of("https://a.example", "https://b.example")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://a.example,https://b.example", "https://a.example/{sub}"})
        void areNotDiscoveredOfMoreThanOneExactIssuer(String issuer) {
            assertProblem(undecided(issuer), STAFF + "discovery", "not one exact URL");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://h.example", "accounts.example", "urn:issuer", "https://u:p@h.example"})
        void areNotDiscoveredWhereNobodyMaySpeakTo(String issuer) {
            assertThat(problems(undecided(issuer)).stream().map(ConfigProblem::property))
                    .containsExactly(STAFF + "issuer");
        }

        @Test
        void areNotDiscoveredWhereThatIsOff() {
            assertProblem(
                    undecided("https://h.example").with(STAFF + "discovery", "false"),
                    STAFF + "jwks-uri",
                    "is missing");
        }

        @ParameterizedTest
        @CsvSource({
            "jwks-uri, https://h.example/jwks, public-key",
            "jwks-uri, https://h.example/jwks, discovery",
            "discovery, true, public-key",
            "key-location, https://h.example/jwks, jwks-uri"
        })
        void haveOneSource(String one, String value, String other) {
            String otherValue = other.equals("public-key") ? KEY : other.equals("discovery") ? "true" : value;

            assertThat(problems(undecided("https://h.example")
                            .with(STAFF + one, value)
                            .with(STAFF + other, otherValue)))
                    .singleElement()
                    .satisfies(only -> assertThat(only.problem()).contains("is set together with", "keep one"));
        }

        @Test
        void mayStandInTheConfiguration() {
            assertThat(source(undecided("https://h.example").with(STAFF + "public-key", KEY)))
                    .isInstanceOf(KeySource.Inline.class);
        }

        @Test
        void mayStandBelowWhatTheIssuerCallsItself() {
            TestProperties properties =
                    undecided("https://h.example,https://h.example/c/{sub}").with(STAFF + "jwks-uri", "{iss}/jwks");

            assertThat(source(properties)).isEqualTo(new KeySource.PerIssuer("/jwks"));
        }

        @ParameterizedTest
        @CsvSource({
            "http://h.example/c/{sub}, {iss}/jwks",
            "accounts.example, {iss}/jwks",
            "https://u:p@h.example/c/{sub}, {iss}/jwks"
        })
        void standBelowNoIssuerThatNobodyMaySpeakTo(String issuer, String keys) {
            assertThat(problems(undecided(issuer).with(STAFF + "jwks-uri", keys)))
                    .singleElement()
                    .satisfies(only -> assertThat(only.property()).isEqualTo(STAFF + "jwks-uri"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{iss}", "{iss}.well-known/jwks.json", "{iss}.evil.example/jwks", "{iss}:81/jwks"})
        void standBelowTheIssuerBehindASlash(String keys) {
            assertProblem(undecided("https://h.example").with(STAFF + "jwks-uri", keys), STAFF + "jwks-uri", "slash");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://h.example/jwks", "ftp://h.example/jwks", "/jwks", "https://u:p@h.example/jwks"})
        void areFetchedFromNowhereElse(String uri) {
            assertThat(problems(undecided("https://h.example").with(STAFF + "jwks-uri", uri)))
                    .singleElement()
                    .satisfies(only -> {
                        assertThat(only.property()).isEqualTo(STAFF + "jwks-uri");
                        assertThat(only.problem()).doesNotContain("u:p");
                    });
        }
    }

    @Nested
    class OpaqueTokens {

        @Test
        void goToNobodyWhereNobodyIsAsked() {
            assertThat(both().read().opaqueTokens()).isNull();
        }

        @Test
        void goToTheOnlyOneThatIsAsked() {
            assertThat(asked(both(), "ops").read().opaqueTokens()).isEqualTo("ops");
        }

        @Test
        void goToTheOneThatIsNamedWhereSeveralAre() {
            TestProperties two = asked(asked(both(), "ops"), "partners");

            assertProblem(two, "gatehouse.opaque-tokens", "is missing", "ops, partners");
            assertThat(two.with("gatehouse.opaque-tokens", "partners").read().opaqueTokens())
                    .isEqualTo("partners");
        }

        @ParameterizedTest
        @ValueSource(strings = {"staff", "nobody", "OPS", "default"})
        void goToNobodyWhoIsNotAsked(String name) {
            assertProblem(
                    asked(both(), "ops").with("gatehouse.opaque-tokens", name),
                    "gatehouse.opaque-tokens",
                    "\"" + name + "\" is not the name of an issuer that is asked",
                    "ops");
        }

        @Test
        void areAllThatAnIssuerWithoutAnIdentifierCouldGet() {
            String partners = "gatehouse.issuers.partners.";
            TestProperties two = asked(both(), "ops")
                    .with(partners + "audiences", "orders-api")
                    .with(partners + "introspection.endpoint", "https://partners.example/introspect")
                    .with(partners + "introspection.bearer-token", "t0ken");

            assertThat(two.with("gatehouse.opaque-tokens", "partners").read().opaqueTokens())
                    .isEqualTo("partners");
            assertProblem(
                    two.with("gatehouse.opaque-tokens", "ops"),
                    partners + "issuer",
                    "is missing",
                    "no token",
                    "\"ops\"");
        }

        @Test
        void doNotGoToAnIssuerThatOnlyConfirms() {
            TestProperties properties = asked(both(), "ops").with("gatehouse.issuers.ops.validation", "both");

            assertThat(properties.read().opaqueTokens()).isNull();
            assertProblem(
                    properties.with("gatehouse.opaque-tokens", "ops"), "gatehouse.opaque-tokens", "is not the name");
        }
    }

    /** Settings that would silently not be in force. */
    @Nested
    class SettingsWithoutEffect {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "client-id",
                    "client-secret",
                    "bearer-token",
                    "client-authentication",
                    "credentials-encoding",
                    "private-key-location",
                    "private-key-id",
                    "assertion-audience",
                    "key-store",
                    "key-store-password",
                    "token-endpoint",
                    "token-scope",
                    "parameters.include",
                    "principal-claims",
                    "client-prefix",
                    "required-claims",
                    "roles.claims",
                    "cache.lifetime",
                    "pause"
                })
        void areRefusedOfIntrospectionWithoutAnEndpoint(String ending) {
            String name = STAFF + "introspection." + ending;
            assertThat(problems(staff().with(name, "x"))).anySatisfy(problem -> assertThat(problem.problem())
                    .contains("is about introspection", STAFF + "introspection.endpoint is not set"));

            assertThat(problems(TestProperties.valid().with("gatehouse.introspection." + ending, "x")))
                    .anySatisfy(problem -> assertThat(problem.problem())
                            .contains("is about introspection", "gatehouse.introspection.endpoint is not set"));
        }

        @Test
        void areTakenOfIntrospectionWhereTheySpeakForOtherIssuers() {
            TestProperties properties = asked(staff(), "ops").with("gatehouse.introspection.cache.lifetime", "3s");

            assertThat(issuer(properties.read(), "ops").remote().cache().lifetime())
                    .isEqualTo(Duration.ofSeconds(3));
        }

        @ParameterizedTest
        @CsvSource({
            "token-scope, token-endpoint",
            "key-store-password, key-store",
            "private-key-id, private-key-location",
            "assertion-audience, private-key-location"
        })
        void areRefusedWithoutTheirPartner(String property, String partner) {
            TestProperties properties =
                    asked(staff(), "ops").with("gatehouse.issuers.ops.introspection." + property, "x");

            assertProblem(
                    properties,
                    "gatehouse.issuers.ops.introspection." + property,
                    "is of use only with gatehouse.issuers.ops.introspection." + partner);
        }

        @Test
        void areRefusedOfAnEncodingWithoutASecret() {
            assertProblem(
                    asked(staff(), "ops").with("gatehouse.issuers.ops.introspection.credentials-encoding", "raw"),
                    "gatehouse.issuers.ops.introspection.credentials-encoding",
                    "is of use only with",
                    "client-secret");
        }

        @ParameterizedTest
        @CsvSource({"5m, 5m, 10s", "4m, 5m, 10s", "1m, 30s, 1m", "30s, 10s, 1m"})
        void areRefusedOfKeysThatWouldExpireBeforeTheyAreRenewed(
                String usableFor, String refreshAfter, String cooldown) {
            assertProblem(
                    staff().with(STAFF + "jwks.usable-for", usableFor)
                            .with(STAFF + "jwks.refresh-after", refreshAfter)
                            .with(STAFF + "jwks.cooldown", cooldown),
                    STAFF + "jwks.usable-for",
                    "distrusted before they are renewed");
        }

        @ParameterizedTest
        @CsvSource({"5s, 6s, 5s", "6s, 5s, 5s"})
        void areRefusedOfTimesLongerThanTheWhole(String connect, String read, String total) {
            assertProblem(
                    staff().with("gatehouse.http.connect-timeout", connect)
                            .with("gatehouse.http.read-timeout", read)
                            .with("gatehouse.http.total-timeout", total),
                    "gatehouse.http.total-timeout",
                    "alone is longer");
        }

        @ParameterizedTest
        @ValueSource(strings = {"tid=", "=a", "=", " = ", "oid,tid="})
        void areRefusedOfClaimsThatNoTokenHas(String claims) {
            assertProblem(
                    staff().with(STAFF + "required-claims", claims), STAFF + "required-claims", "no token has it");
            assertProblem(
                    asked(staff(), "ops").with("gatehouse.issuers.ops.introspection.required-claims", claims),
                    "gatehouse.issuers.ops.introspection.required-claims",
                    "no token has it");
        }
    }

    @Nested
    class Introspection {

        @Test
        void isTheWayWhereThereAreNoKeys() {
            IssuerConfig ops = issuer(asked(staff(), "ops").read(), "ops");

            assertThat(ops.mode()).isEqualTo(ValidationMode.INTROSPECTION);
            assertThat(ops.local()).isNull();
        }

        @ParameterizedTest
        @CsvSource({"discovery, true", "jwks-uri, https://ops.example/jwks"})
        void isTheWayForOpaqueTokensWhereThereAreKeys(String property, String value) {
            IssuerConfig ops = issuer(
                    asked(staff(), "ops")
                            .with("gatehouse.issuers.ops." + property, value)
                            .read(),
                    "ops");

            assertThat(ops.mode()).isEqualTo(ValidationMode.AUTO);
        }

        @Test
        void isTheWayWhereDiscoveryIsOff() {
            IssuerConfig ops = issuer(
                    asked(staff(), "ops")
                            .with("gatehouse.issuers.ops.discovery", "false")
                            .read(),
                    "ops");

            assertThat(ops.mode()).isEqualTo(ValidationMode.INTROSPECTION);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://a.example,https://b.example", "https://a.example/{sub}"})
        void isSignedByOneExactIssuerOnly(String issuer) {
            TestProperties properties = staff().with(STAFF + "issuer", issuer)
                    .with(STAFF + "jwks-uri", issuer.contains("{") ? "{iss}/jwks" : "https://a.example/jwks")
                    .with(STAFF + "introspection.endpoint", "https://a.example/introspect")
                    .with(STAFF + "introspection.client-id", "rs")
                    .with(STAFF + "introspection.client-secret", "s3cret")
                    .with(STAFF + "introspection.signed-answers", "true");

            assertProblem(properties, STAFF + "introspection.signed-answers", "one exact " + STAFF + "issuer");
        }

        @Test
        void hasItsOwnRequiredValues() {
            IssuerConfig ops = issuer(
                    asked(staff(), "ops")
                            .with("gatehouse.issuers.ops.introspection.required-claims", "aud,typ=Bearer,typ=x")
                            .read(),
                    "ops");

            assertThat(ops.remote().claims().requiredClaims()).containsExactly("aud");
            assertThat(ops.remote().claims().requiredValues()).isEqualTo(Map.of("typ", Set.of("Bearer", "x")));
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
