package io.gatehouse.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallerRolesTest {

    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

    private final MutableClock clock = new MutableClock();

    private CallerRoles roles(Supplier<List<RoleMapper>> further) {
        return CallerRoles.of(token -> Set.of("configured"), further, clock);
    }

    @Test
    void areThoseOfTheConfigurationAndOfEachMapper() {
        CallerRoles roles = roles(() ->
                List.of(token -> Set.of("a", token.issuer().name()), token -> Set.of("a", "b"), token -> Set.of()));
        assertThat(roles.roles(TOKEN)).containsExactlyInAnyOrder("configured", "a", "b", "default");
    }

    @Test
    void areThoseOfTheConfigurationWhereThereIsNoMapper() {
        assertThat(roles(List::of).roles(TOKEN)).containsExactly("configured");
    }

    static Stream<Supplier<List<RoleMapper>>> brokenMappers() {
        return Stream.of(
                () -> List.of(token -> {
                    throw new IllegalStateException(
                            "no connection for " + token.accessToken().value());
                }),
                () -> List.of(token -> Set.of("good"), token -> null),
                () -> List.of(token -> Collections.singleton(null)),
                () -> List.of(token -> {
                    throw new NoClassDefFoundError("gone");
                }),
                () -> List.of(token -> {
                    throw new StackOverflowError();
                }),
                () -> {
                    throw new IllegalStateException("secret.token.value");
                });
    }

    @ParameterizedTest
    @MethodSource("brokenMappers")
    void areNotKnownWhereAMapperFailsAndTheLogSaysSoOnceAMinute(Supplier<List<RoleMapper>> broken) {
        try (CapturedLog log = new CapturedLog(CallerRoles.class)) {
            CallerRoles roles = roles(broken);
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(RolesUnavailableException.class).isThrownBy(() -> roles.roles(TOKEN));
            }
            assertThat(log.messages(Level.SEVERE))
                    .singleElement()
                    .asString()
                    .startsWith("GATE0605 the application's ")
                    .contains(" fails, callers get 503: java.lang.");

            clock.advance(Duration.ofMinutes(1));
            assertThatExceptionOfType(RolesUnavailableException.class).isThrownBy(() -> roles.roles(TOKEN));
            assertThat(log.messages(Level.SEVERE)).hasSize(2);
            assertThat(log.everything()).doesNotContain("secret.token.value");
        }
    }
}
