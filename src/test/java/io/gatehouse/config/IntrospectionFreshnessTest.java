package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a caller whose token the authorization server is asked about once more. */
class IntrospectionFreshnessTest {

    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());
    private static final Principal OWN = () -> "a principal of the application";
    private static final String ALIVE =
            "{\"active\":true,\"username\":\"alice\",\"aud\":\"" + TestTokens.AUDIENCE + "\"}";

    private static Optional<Refusal> ask(TestProperties properties, Principal caller, ValidatedToken token) {
        try (Gatehouse gatehouse =
                new Gatehouse(properties.with(ISSUER, TestTokens.ISSUER).read(), TestTokens.CLOCK)) {
            return gatehouse.freshnessCheck().refusal(caller, token, Duration.ZERO);
        }
    }

    @Nested
    class WithAnEndpoint {

        private Optional<Refusal> answered(int status, String body, Principal caller, ValidatedToken token) {
            try (RecordingServer server =
                    new RecordingServer(request -> new RecordingServer.Answer(status, "application/json", body))) {
                TestProperties properties = TestProperties.valid()
                        .with(ConfigProperty.VALIDATION, "jwt")
                        .with(
                                ConfigProperty.INTROSPECTION_ENDPOINT,
                                server.uri("/introspect").toString())
                        .with(ConfigProperty.INTROSPECTION_BEARER_TOKEN, "our-own");
                Optional<Refusal> refusal = ask(properties, caller, token);
                assertThat(server.requests()).hasSize(token == null && !(caller instanceof CallerJsonWebToken) ? 0 : 1);
                return refusal;
            }
        }

        @Test
        void aLiveTokenPasses() {
            assertThat(answered(200, ALIVE, OWN, TOKEN)).isEmpty();
        }

        @Test
        void aDeadTokenDoesNotWhoeverItsCallerIsTakenFor() {
            for (Principal caller : new Principal[] {OWN, null, CallerJsonWebToken.of(TOKEN, Set.of())}) {
                assertThat(answered(200, "{\"active\":false}", caller, TOKEN)).hasValueSatisfying(refusal -> {
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.challenges().get(0)).contains("invalid_token");
                });
            }
        }

        @Test
        void theTokenOfThePrincipalServesWhereTheRequestHasLostItsOwn() {
            assertThat(answered(200, "{\"active\":false}", CallerJsonWebToken.of(TOKEN, Set.of()), null))
                    .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
        }

        @Test
        void anOutageIsNoReasonToLetAnybodyPass() {
            assertThat(answered(500, "", OWN, TOKEN)).hasValue(Refusal.unavailable(Duration.ofSeconds(5)));
        }

        @Test
        void callersWithoutATokenAreLeftToTheirRoles() {
            assertThat(answered(200, "{\"active\":false}", OWN, null)).isEmpty();
            assertThat(answered(200, "{\"active\":false}", null, null)).isEmpty();
        }
    }

    private static ValidatedToken tokenOf(String issuer) {
        ClaimsPolicy policy = TestTokens.policy();
        ClaimsPolicy own = new ClaimsPolicy(
                new TrustedIssuer(issuer, TestTokens.ISSUER),
                policy.audience(),
                Duration.ZERO,
                Duration.ZERO,
                null,
                policy.requiredClaims(),
                policy.callerNameClaims(),
                "",
                false);
        ClaimsSet claims = ClaimsSet.of(TestJson.parse(TestJson.object(TestTokens.validClaims())));
        TokenValidationResult result = new ClaimsValidator(own, TestTokens.CLOCK)
                .validate(AccessToken.of("a.b.c"), claims, Authenticity.Genuine::new);
        return ((TokenValidationResult.Valid) result).token();
    }

    @Nested
    class WithoutAnEndpoint {

        @Test
        void nobodyWithATokenPasses() {
            MutableClock clock = new MutableClock();
            try (CapturedLog log = new CapturedLog(IntrospectionFreshness.class);
                    Gatehouse gatehouse = new Gatehouse(TestProperties.valid().read(), clock)) {
                for (int second = 0; second < 60; second++) {
                    assertThat(gatehouse.freshnessCheck().refusal(OWN, TOKEN, Duration.ZERO))
                            .hasValue(Refusal.unavailable(Duration.ofSeconds(60)));
                    clock.advance(Duration.ofSeconds(1));
                }
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .contains("GATE0305", "gatehouse.introspection.endpoint");
            }
        }

        @Test
        void theLogNamesThePropertyOfTheIssuerThatLacksIt() {
            try (CapturedLog log = new CapturedLog(IntrospectionFreshness.class)) {
                IntrospectionFreshness check =
                        new IntrospectionFreshness(issuer -> null, new BearerChallenge("test"), TestTokens.CLOCK);
                assertThat(check.refusal(OWN, tokenOf("staff"), Duration.ZERO)).isPresent();

                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .contains("gatehouse.issuers.staff.introspection.endpoint", "\"staff\"");
            }
        }

        @Test
        void callersWithoutATokenAreLeftToTheirRoles() {
            assertThat(ask(TestProperties.valid(), OWN, null)).isEmpty();
        }
    }
}
