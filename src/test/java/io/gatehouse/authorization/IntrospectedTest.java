package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resource methods are checked, and what the check goes by. */
class IntrospectedTest {

    interface Contract {
        @Introspected
        void promised();

        @Introspected
        void overloaded(String one);

        void plain();
    }

    @Introspected(maxAge = "PT7S")
    interface StrictContract {
        void anything();
    }

    static class Parent implements Contract {
        @Override
        public void promised() {}

        @Override
        public void overloaded(String one) {}

        @Override
        public void plain() {}

        @Introspected(maxAge = "PT1S")
        public void inherited() {}

        public void overloaded(String one, String two) {}
    }

    static class Child extends Parent {
        @Override
        @Introspected(maxAge = "PT2S")
        public void promised() {}

        @Override
        public void inherited() {}

        public void own() {}
    }

    static class Strict implements StrictContract {
        @Override
        public void anything() {}

        @Introspected(maxAge = "PT3S")
        public void nearer() {}
    }

    static class StrictChild extends Strict {
        public void more() {}
    }

    static class Mistaken {
        @Introspected(maxAge = "3 minutes")
        public void wrong() {}
    }

    private final List<Object> registered = new ArrayList<>();

    private void configure(Class<?> type, String method) {
        Method found = List.of(type.getMethods()).stream()
                .filter(each -> !each.isBridge() && (each.getName() + each.getParameterCount()).equals(method))
                .findFirst()
                .orElseThrow();
        ResourceInfo resource = Fakes.of(
                ResourceInfo.class,
                Map.of("getResourceClass", arguments -> type, "getResourceMethod", arguments -> found));
        FeatureContext context = Fakes.of(
                FeatureContext.class,
                Map.of(
                        "getConfiguration",
                        arguments -> Fakes.of(Configuration.class, Map.of("isRegistered", nothing -> false)),
                        "register",
                        arguments -> {
                            registered.add(arguments[0]);
                            return null;
                        }));
        new IntrospectedFeature().configure(resource, context);
    }

    @Nested
    class TheAnnotation {

        @ParameterizedTest
        @CsvSource({
            "Parent,   promised0,   PT0S",
            "Parent,   overloaded1, PT0S",
            "Parent,   overloaded2, none",
            "Parent,   plain0,      none",
            "Parent,   inherited0,  PT1S",
            "Child,    promised0,   PT2S",
            "Child,    inherited0,  PT1S",
            "Child,    overloaded1, PT0S",
            "Child,    own0,        none",
            "Strict,   anything0,   PT7S",
            "Strict,   nearer0,     PT3S",
            "StrictChild, more0,    PT7S",
            "StrictChild, nearer0,  PT3S"
        })
        void isFoundWhereverTheMethodComesFrom(String type, String method, String maximumAge)
                throws ClassNotFoundException {
            configure(Class.forName(IntrospectedTest.class.getName() + '$' + type), method);

            assertThat(registered).hasSize(maximumAge.equals("none") ? 0 : 1).allSatisfy(filter -> assertThat(
                            ((IntrospectedFilter) filter).maximumAge())
                    .isEqualTo(Duration.parse(maximumAge)));
        }

        @Test
        void stopsTheDeploymentWhereItsAgeIsNoDuration() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> configure(Mistaken.class, "wrong0"))
                    .withMessageContaining("maxAge");
        }
    }

    @Nested
    class TheFilter {

        private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

        private final Map<String, Object> properties = new HashMap<>();
        private final List<Object> asked = new ArrayList<>();
        private Principal caller;

        private Optional<Refusal> refusal(FreshnessCheck check) {
            SecurityContext security = Fakes.of(SecurityContext.class, Map.of("getUserPrincipal", nothing -> caller));
            ContainerRequestContext request = Fakes.of(
                    ContainerRequestContext.class,
                    Map.of(
                            "getProperty", arguments -> properties.get(arguments[0]),
                            "getSecurityContext", nothing -> security));
            return new IntrospectedFilter(() -> check, Duration.ZERO).refusal(request);
        }

        private Optional<Refusal> keep(Object principal, Object token) {
            asked.add(principal);
            asked.add(token);
            return Optional.empty();
        }

        @Test
        void goesByTheTokenWhoeverTheCallerIsTakenFor() {
            caller = () -> "a principal of the application";
            properties.put(ValidatedToken.REQUEST_ATTRIBUTE, TOKEN);
            assertThat(refusal((principal, token, age) -> keep(principal, token)))
                    .isEmpty();

            assertThat(asked).containsExactly(caller, TOKEN);
        }

        @Test
        void goesByTheTokenAlsoWhereNobodyIsSeen() {
            properties.put(ValidatedToken.REQUEST_ATTRIBUTE, TOKEN);
            assertThat(refusal((principal, token, age) -> keep(principal, token)))
                    .isEmpty();

            assertThat(asked).containsExactly(null, TOKEN);
        }

        @Test
        void takesNothingElseForAToken() {
            properties.put(ValidatedToken.REQUEST_ATTRIBUTE, "secret.token.value");
            assertThat(refusal((principal, token, age) -> keep(principal, token)))
                    .isEmpty();

            assertThat(asked).containsExactly(null, null);
        }
    }
}
