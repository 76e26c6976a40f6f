package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers that are asked about tokens. */
class IssuersConfigIntrospectionTest extends IssuersConfigFixture {

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
}
