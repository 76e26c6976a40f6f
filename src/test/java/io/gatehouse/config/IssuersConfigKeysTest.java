package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the keys of each issuer come from, and whom its tokens are for. */
class IssuersConfigKeysTest extends IssuersConfigFixture {

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
}
