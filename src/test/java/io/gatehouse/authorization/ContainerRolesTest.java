package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the container is asked once more, in one request, whether its caller has a role. */
class ContainerRolesTest {

    private static final Principal CAROL = () -> "carol";

    private final Set<String> ofContainer = new HashSet<>(Set.of("user", "admin"));
    private final List<String> questions = new ArrayList<>();
    private @Nullable Principal loggedIn = CAROL;

    private final SecurityContext container = Fakes.of(
            SecurityContext.class,
            Map.of(
                    "getUserPrincipal", nothing -> loggedIn,
                    "isSecure", nothing -> true,
                    "getAuthenticationScheme", nothing -> "Bearer",
                    "isUserInRole",
                            role -> {
                                questions.add((String) role[0]);
                                return ofContainer.contains((String) role[0]);
                            }));

    private final CallerSecurityContext caller = CallerSecurityContext.ofContainer(container);

    private boolean has(String role) {
        return caller.isUserInRole(role);
    }

    @Test
    void aRoleThatItConfirmedIsNotAskedForAgain() {
        assertThat(has("user")).isTrue();
        assertThat(has("user")).isTrue();
        assertThat(questions).containsExactly("user");
    }

    @Test
    void eachRoleIsAskedForByItself() {
        assertThat(has("user")).isTrue();
        assertThat(has("admin")).isTrue();
        assertThat(has("owner")).isFalse();
        assertThat(questions).containsExactly("user", "admin", "owner");
    }

    @Test
    void aRoleThatItDeniedIsAskedForEachTime() {
        assertThat(has("owner")).isFalse();
        ofContainer.add("owner");
        assertThat(has("owner")).isTrue();
        assertThat(questions).containsExactly("owner", "owner");
    }

    @Test
    void nothingIsRememberedOfACallerWhoIsLoggedOut() {
        has("user");
        loggedIn = null;
        ofContainer.clear();
        assertThat(has("user")).isFalse();
    }

    @Test
    void nothingOfOneCallerIsRememberedForAnother() {
        has("user");
        loggedIn = () -> "carol";
        assertThat(has("user")).isTrue();
        ofContainer.clear();
        assertThat(has("user")).isFalse();
        loggedIn = CAROL;
        ofContainer.add("admin");
        has("admin");
        loggedIn = () -> "dave";
        ofContainer.clear();
        assertThat(has("admin")).isFalse();
    }

    @Test
    void theNextRequestAsksAnew() {
        has("user");
        ofContainer.clear();
        assertThat(CallerSecurityContext.ofContainer(container).isUserInRole("user"))
                .isFalse();
    }

    @Test
    void nobodyHasNoRoleWhateverTheContainerSays() {
        loggedIn = null;
        assertThat(CallerSecurityContext.ofContainer(container).isUserInRole("user"))
                .isFalse();
    }
}
