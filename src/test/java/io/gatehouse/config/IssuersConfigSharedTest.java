package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.KindRule;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What issuers share, what is theirs, and what nobody would look at. */
class IssuersConfigSharedTest extends IssuersConfigFixture {

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
}
