package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When identity stores are asked about a caller once more, and by what a server may know a login again. */
class LoginMemoryTest {

    private static final long BUSY = Duration.ofNanos(1).toNanos();
    private static final long CALM = Duration.ofSeconds(1).toNanos();

    private final ValidatedToken token = TestTokens.validated(TestTokens.validClaims());
    private final RequestAuthentication authentication = new RequestAuthentication();
    private TokenValidationResult decision = new TokenValidationResult.Valid(token);
    private int questions;
    private Set<String> groups = Set.of("user");

    LoginMemoryTest() {
        authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        authentication.tokenValidator = presented -> decision;
        authentication.ledger = RefusalLedger.plain();
        authentication.challenge = new BearerChallenge("orders");
        authentication.basic = BasicAuthentication.off("orders");
        authentication.logins = LoginMemory.on(new SecureRandom());
        authentication.identityStores = Fakes.of(IdentityStoreHandler.class, Map.of("validate", arguments -> {
            questions++;
            return groups.isEmpty()
                    ? CredentialValidationResult.INVALID_RESULT
                    : new CredentialValidationResult("carol", groups);
        }));
    }

    private AuthenticationOutcome request() {
        return authentication.authenticate(
                new FakeRequest().header("Authorization", "Bearer w.x.y").request());
    }

    private AuthenticationOutcome.Accepted accepted() {
        return (AuthenticationOutcome.Accepted) request();
    }

    private @Nullable String key() {
        return LoginMemory.key(accepted());
    }

    @Nested
    class Stores {

        @Test
        void areAskedOnceAboutATokenThatIsRemembered() {
            assertThat(accepted().principal().getName()).isEqualTo("carol");
            groups = Set.of("admin");

            assertThat(accepted().groups()).containsExactly("user");
            assertThat(accepted().token()).isSameAs(token);
            assertThat(questions).isEqualTo(1);
        }

        @Test
        void areAskedEachTimeWhereTheApplicationHasASay() {
            authentication.logins = LoginMemory.off();
            accepted();
            groups = Set.of("admin");

            assertThat(accepted().groups()).containsExactly("admin");
            assertThat(questions).isEqualTo(2);
        }

        @Test
        void areAskedAboutAnEqualTokenThatWasVerifiedAnew() {
            accepted();
            decision = new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));

            accepted();

            assertThat(questions).isEqualTo(2);
        }

        @Test
        void areAskedAgainAfterARefusal() {
            groups = Set.of();
            assertThat(request()).isInstanceOf(AuthenticationOutcome.Refused.class);
            groups = Set.of("user");

            assertThat(request()).isInstanceOf(AuthenticationOutcome.Accepted.class);
        }

        @Test
        void areNotWhatLetsATokenInThatIsRefusedNow() {
            accepted();
            decision = new TokenValidationResult.Unavailable(Duration.ofSeconds(1));

            assertThat(request()).isInstanceOf(AuthenticationOutcome.Refused.class);
        }
    }

    @Nested
    class Keys {

        @Test
        void areThereFromTheSecondTimeOn() {
            assertThat(key()).isNull();
            String second = key();
            assertThat(second).isNotNull();
            assertThat(second).doesNotContain("carol").doesNotContain("w.x.y");
        }

        @Test
        void areThoseOfOneDeploymentAlone() {
            accepted();
            String here = key();
            authentication.logins = LoginMemory.on(new SecureRandom());
            decision = new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));
            accepted();

            assertThat(here).hasSizeGreaterThan(32);
            assertThat(key().substring(0, 32)).isNotEqualTo(here.substring(0, 32));
        }

        @Test
        void areNeverThoseOfAnotherLogin() {
            Set<String> keys = new HashSet<>();
            IntStream.range(0, 50).forEach(login -> {
                decision = new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));
                accepted();
                keys.add(key());
            });

            assertThat(keys).hasSize(50).doesNotContainNull();
        }

        @Test
        void areOneForACallerWhoComesNowAndThen() {
            RememberedLogin login = new RememberedLogin("d", 1, 0);

            assertThat(LongStream.range(1, 40).mapToObj(i -> login.key(i * CALM, i)))
                    .containsOnly("d-1-0");
        }

        @Test
        void areAFewForACallerWhoComesOnManyThreadsAtOnce() {
            RememberedLogin login = new RememberedLogin("d", 1, 0);
            login.key(CALM, 1);

            assertThat(LongStream.range(1, 40)
                            .mapToObj(i -> login.key(CALM + i * BUSY, i))
                            .distinct())
                    .hasSize(8)
                    .allMatch(key -> key.startsWith("d-1-"));
        }
    }
}
