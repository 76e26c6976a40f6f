package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.permission.Permission;
import io.gatehouse.permission.ResourceTemplate;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resource methods need which permissions, and what becomes of a request for one. */
class RequiresPermissionTest {

    interface Contract {
        @RequiresPermission(resource = "promised", action = "A")
        void promised();

        void plain();

        @RequiresPermission(resource = "generic", action = "A")
        default void generic(Object anything) {}
    }

    static class Parent implements Contract {
        @Override
        public void promised() {}

        @Override
        public void plain() {}

        @RequiresPermission(resource = "one", action = "A")
        @RequiresPermission(resource = "two", action = "B", resourceType = "t")
        public void several() {}
    }

    static class Child extends Parent {
        @Override
        @RequiresPermission(resource = "nearer", action = "A")
        public void promised() {}

        @Override
        public void several() {}

        public void generic(String text) {}
    }

    @RequiresPermission(resource = "strict", action = "A")
    @RequiresPermission(resource = "stricter", action = "A")
    static class Strict {
        public void anything() {}

        @RequiresPermission(resource = "own", action = "A")
        public void own() {}
    }

    static class StrictChild extends Strict {
        @Override
        public void own() {}

        public void more() {}
    }

    static class Mistaken {
        @RequiresPermission(resource = "documents/{", action = "A")
        public void template() {}

        @RequiresPermission(resource = "documents", action = " ")
        public void action() {}

        @RequiresPermission(resource = "", action = "A")
        public void nothing() {}
    }

    private final List<PermissionFilter> registered = new ArrayList<>();

    private void configure(String type, String method) {
        try {
            configure(Class.forName(RequiresPermissionTest.class.getName() + '$' + type), method);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    private void configure(Class<?> type, String method) {
        Method found = Stream.of(type.getMethods())
                .filter(each -> each.getName().equals(method))
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
                        arguments -> registered.add((PermissionFilter) arguments[0]) ? null : null));
        new PermissionFeature().configure(resource, context);
    }

    @Nested
    class TheAnnotation {

        @ParameterizedTest
        @CsvSource({
            "Parent,      promised, promised",
            "Parent,      plain,    ''",
            "Parent,      several,  'one,two'",
            "Parent,      generic,  generic",
            "Child,       promised, nearer",
            "Child,       plain,    ''",
            "Child,       several,  'one,two'",
            "Child,       generic,  generic",
            "Strict,      anything, 'strict,stricter'",
            "Strict,      own,      own",
            "StrictChild, own,      own",
            "StrictChild, more,     'strict,stricter'",
            "StrictChild, anything, 'strict,stricter'"
        })
        void isFoundWhereverTheMethodComesFrom(String type, String method, String resources) {
            configure(type, method);

            assertThat(registered.stream()
                            .flatMap(filter -> filter.required().stream())
                            .map(required -> required.resource().toString())
                            .collect(Collectors.joining(",")))
                    .isEqualTo(resources);
        }

        @ParameterizedTest
        @ValueSource(strings = {"template", "action", "nothing"})
        void stopsTheDeploymentWhereItIsMistaken(String method) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> configure(Mistaken.class, method))
                    .withMessageContaining("@RequiresPermission");
        }
    }

    @Nested
    class TheFilter {

        private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());
        private static final Refusal OTHER = new Refusal(418, List.of(), "other", null);
        private static final Refusal NAMELESS = Refusal.forbidden("nameless");

        private final Map<String, Object> properties = new HashMap<>();
        private final MultivaluedMap<String, String> path = new MultivaluedHashMap<>();
        private final List<Object> asked = new ArrayList<>();
        private Principal caller;
        private RuntimeException defect;

        private final PermissionCheck check = new PermissionCheck() {
            @Override
            public Optional<Refusal> refusal(Principal principal, ValidatedToken token, List<Permission> permissions) {
                if (defect != null) {
                    throw defect;
                }
                asked.add(principal);
                asked.add(token);
                asked.addAll(permissions);
                return Optional.of(OTHER);
            }

            @Override
            public Refusal refusal(Principal principal) {
                return NAMELESS;
            }
        };

        private Optional<Refusal> refusal(String... resources) {
            SecurityContext security = Fakes.of(SecurityContext.class, Map.of("getUserPrincipal", nothing -> caller));
            UriInfo uri = Fakes.of(UriInfo.class, Map.of("getPathParameters", decoded -> {
                assertThat(decoded[0]).isEqualTo(true);
                return path;
            }));
            ContainerRequestContext request = Fakes.of(
                    ContainerRequestContext.class,
                    Map.of(
                            "getProperty", arguments -> properties.get(arguments[0]),
                            "getUriInfo", nothing -> uri,
                            "getSecurityContext", nothing -> security));
            List<PermissionFilter.Required> required = Stream.of(resources)
                    .map(ResourceTemplate::of)
                    .map(template -> new PermissionFilter.Required("page", template, "READ"))
                    .toList();
            return new PermissionFilter(() -> check, required).refusal(request);
        }

        @Test
        void asksForEachPermissionOfTheTokenThatTheGateTook() {
            caller = () -> "a principal of the application";
            properties.put(ValidatedToken.REQUEST_ATTRIBUTE, TOKEN);
            path.add("id", "a/b c");

            assertThat(refusal("d/{id}", "all")).hasValue(OTHER);
            assertThat(asked)
                    .containsExactly(
                            caller,
                            TOKEN,
                            new Permission("page", "d/a%2Fb%20c", "READ"),
                            new Permission("page", "all", "READ"));
        }

        @Test
        void takesNothingElseForAToken() {
            properties.put(ValidatedToken.REQUEST_ATTRIBUTE, "secret.token.value");
            refusal("all");

            assertThat(asked).startsWith(null, null);
        }

        @ParameterizedTest
        @ValueSource(strings = {"..", ".", "", "a\u0000"})
        void asksNothingAboutWhatHasNoName(String value) {
            path.add("id", value);

            assertThat(refusal("all", "d/{id}")).hasValue(NAMELESS);
            assertThat(asked).isEmpty();
        }

        @Test
        void letsNobodyPassWhereThePathHasNoSuchParameter() {
            try (CapturedLog log = new CapturedLog(PermissionFilter.class)) {
                assertThat(refusal("d/{id}")).hasValue(Refusal.unavailable(RefusalCode.DEFECT, Duration.ofSeconds(10)));
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .contains("GATE0807", "{id}", "d/{id}");
            }
        }

        @ParameterizedTest
        @ValueSource(classes = {IllegalStateException.class, IllegalArgumentException.class})
        void letsNobodyPassWhereTheCheckFails(Class<? extends RuntimeException> type) throws Exception {
            defect = type.getConstructor(String.class)
                    .newInstance(TOKEN.accessToken().value());
            try (CapturedLog log = new CapturedLog(PermissionFilter.class)) {
                assertThat(refusal("all")).hasValue(Refusal.unavailable(RefusalCode.DEFECT, Duration.ofSeconds(10)));
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .startsWith("GATE0808");
                assertThat(log.everything()).doesNotContain(TOKEN.accessToken().value());
            }
        }
    }
}
