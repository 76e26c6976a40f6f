package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a container is asked once more whether a caller has a role. */
class ConfirmedRolesTest {

    private static final long START = -5; // where a clock of nanoseconds begins is nobody's business
    private static final Principal CAROL = () -> "carol";

    private final ConfirmedRoles roles = new ConfirmedRoles(CAROL);
    private final Set<String> ofContainer = new HashSet<>(Set.of("user", "admin"));
    private final List<String> questions = new ArrayList<>();

    private boolean has(String role, Duration after) {
        return roles.contain(
                role,
                asked -> {
                    questions.add(asked);
                    return ofContainer.contains(asked);
                },
                START + after.toNanos());
    }

    private boolean has(String role) {
        return has(role, Duration.ZERO);
    }

    @Test
    void aRoleThatWasConfirmedIsNotAskedForAgainWithinTheSecond() {
        assertThat(has("user")).isTrue();
        assertThat(has("user", ConfirmedRoles.LIFETIME.minusNanos(1))).isTrue();
        assertThat(questions).containsExactly("user");
    }

    @Test
    void aRoleIsAskedForAgainAfterASecond() {
        has("user");
        ofContainer.clear();
        assertThat(has("user", ConfirmedRoles.LIFETIME)).isFalse();
        assertThat(questions).hasSize(2);
    }

    @Test
    void aRoleIsNoLongerRememberedBecauseAnotherOneWasConfirmed() {
        has("user");
        has("admin", ConfirmedRoles.LIFETIME.minusNanos(1));
        ofContainer.clear();
        assertThat(has("user", ConfirmedRoles.LIFETIME)).isFalse();
        assertThat(has("admin", ConfirmedRoles.LIFETIME)).isFalse();
    }

    @Test
    void eachRoleIsAskedForByItself() {
        assertThat(has("user")).isTrue();
        assertThat(has("admin")).isTrue();
        assertThat(has("owner")).isFalse();
        assertThat(has("user")).isTrue();
        assertThat(questions).containsExactly("user", "admin", "owner");
    }

    @Test
    void aRoleThatIsDeniedIsAskedForEachTime() {
        assertThat(has("owner")).isFalse();
        ofContainer.add("owner");
        assertThat(has("owner")).isTrue();
        assertThat(questions).containsExactly("owner", "owner");
    }

    @Test
    void noMoreThanAFewRolesAreRemembered() {
        for (int role = 0; role < 100; role++) {
            ofContainer.add("role" + role);
            assertThat(has("role" + role)).isTrue();
        }
        questions.clear();
        for (int role = 0; role < 100; role++) {
            assertThat(has("role" + role)).isTrue();
        }
        assertThat(questions).hasSize(100 - 16);
    }

    @Test
    void theyAreThoseOfTheVeryCallerAlone() {
        assertThat(roles.areOf(CAROL)).isTrue();
        assertThat(roles.areOf(() -> "carol")).isFalse();
        assertThat(roles.areOf(null)).isFalse();
    }
}
