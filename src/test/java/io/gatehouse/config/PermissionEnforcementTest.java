package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.permission.PermissionDecision;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of decisions, of callers without a token, and of nobody. */
class PermissionEnforcementTest {

    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());
    private static final Principal CALLER = () -> "alice";
    private static final Permission READ = Permission.of("documents/7", "READ");

    private static PermissionDecision decision(char letter) {
        return switch (letter) {
            case 'a' -> new PermissionDecision.Allowed();
            case 'd' -> new PermissionDecision.Denied();
            default -> new PermissionDecision.Unavailable(Duration.ofMillis(1500));
        };
    }

    private static PermissionEnforcement enforcing(PermissionDecider decider) {
        return new PermissionEnforcement(decider, new BearerChallenge("here"));
    }

    @ParameterizedTest
    @CsvSource({"a,0", "d,403", "u,503", "aa,0", "ad,403", "da,403", "au,503", "ua,503", "du,403", "ud,403", "aad,403"})
    void onlyYesToEverythingLetsTheCallerPass(String decisions, int status) {
        List<PermissionDecision> all =
                decisions.chars().mapToObj(letter -> decision((char) letter)).toList();
        PermissionDecider decider = new PermissionDecider() {
            @Override
            public PermissionDecision decide(ValidatedToken caller, Permission permission) {
                throw new AssertionError("all at once");
            }

            @Override
            public List<PermissionDecision> decideAll(ValidatedToken caller, List<Permission> permissions) {
                assertThat(caller).isSameAs(TOKEN);
                return all;
            }
        };

        assertThat(enforcing(decider)
                        .refusal(CALLER, TOKEN, Collections.nCopies(all.size(), READ))
                        .map(Refusal::status)
                        .orElse(0))
                .isEqualTo(status);
        assertThatIllegalStateException().as("an answer too many or too few").isThrownBy(() -> enforcing(decider)
                .refusal(CALLER, TOKEN, Collections.nCopies(all.size() + 1, READ)));
    }

    @Test
    void whoHasToComeBackIsToldWhen() {
        assertThat(enforcing((caller, permission) -> decision('u')).refusal(null, TOKEN, List.of(READ)))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.headers()).containsEntry("Retry-After", List.of("2")));
    }

    @Test
    void nobodyIsChallengedAndSomebodyWithoutATokenIsRefused() {
        PermissionEnforcement enforcement = enforcing((caller, permission) -> {
            throw new AssertionError("there is nobody to ask about");
        });

        for (Refusal refusal : List.of(
                enforcement.refusal(null),
                enforcement.refusal(null, null, List.of(READ)).orElseThrow())) {
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.headers()).containsEntry("WWW-Authenticate", List.of("Bearer realm=\"here\""));
        }
        for (Refusal refusal : List.of(
                enforcement.refusal(CALLER),
                enforcement.refusal(CALLER, null, List.of(READ)).orElseThrow())) {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.headers()).doesNotContainKey("WWW-Authenticate");
        }
    }

    @Test
    void withoutAServerNobodyPasses() {
        MutableClock clock = new MutableClock();
        try (CapturedLog log = new CapturedLog(NoPermissionServer.class);
                Gatehouse gatehouse = new Gatehouse(TestProperties.valid().read(), clock)) {
            for (int second = 0; second < 60; second++) {
                assertThat(gatehouse.permissionDecider().decide(TOKEN, READ))
                        .isEqualTo(new PermissionDecision.Unavailable(Duration.ofMinutes(1)));
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(gatehouse.groupLookup().groups(CALLER)).hasValue(Set.of());
            assertThat(log.messages(Level.SEVERE))
                    .singleElement()
                    .asString()
                    .contains("GATE0810", "gatehouse.permissions.provider");
        }
    }

    @Test
    void theConfiguredServerIsAskedForDecisionsAndRolesWithAFetchedToken() {
        Map<String, String> answers = Map.of(
                "/token", "{\"access_token\":\"ours\",\"expires_in\":300}",
                "/v1/users/24400320/resources/documents%2F7/permissions/READ", "{}",
                "/v1/users/24400320/resources/apps/roles", "{\"roles\":[{\"roleId\":\"clerk\"}]}");
        try (RecordingServer server = new RecordingServer(request -> Optional.ofNullable(answers.get(request.target()))
                        .map(RecordingServer.Answer::json)
                        .orElse(new RecordingServer.Answer(500, "", "")));
                Gatehouse gatehouse = new Gatehouse(
                        TestProperties.valid()
                                .with(ConfigProperty.PERMISSIONS_PROVIDER, "authress")
                                .with(
                                        ConfigProperty.PERMISSIONS_URL,
                                        server.uri("").toString())
                                .with(ConfigProperty.PERMISSIONS_TOKEN, "service")
                                .with(
                                        ConfigProperty.PERMISSIONS_TOKEN_ENDPOINT,
                                        server.uri("/token").toString())
                                .with(ConfigProperty.PERMISSIONS_CLIENT_ID, "orders")
                                .with(ConfigProperty.PERMISSIONS_CLIENT_SECRET, "s3cr3t")
                                .with(ConfigProperty.PERMISSIONS_ROLES_RESOURCE, "apps")
                                .read(),
                        TestTokens.CLOCK)) {
            assertThat(gatehouse.permissionDecider().decide(TOKEN, READ)).isEqualTo(new PermissionDecision.Allowed());
            assertThat(gatehouse.groupLookup().groups(CallerJsonWebToken.of(TOKEN, Set.of())))
                    .hasValue(Set.of("clerk"));
            assertThat(Stream.of(1, 2).map(i -> server.requests().get(i).header("Authorization")))
                    .containsOnly("Bearer ours");
            assertThat(server.requests()).hasSize(3);
        }
    }
}
