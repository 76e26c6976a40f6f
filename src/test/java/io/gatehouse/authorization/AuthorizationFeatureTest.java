package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.Principal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The filters before a resource method, and what they make of the one who calls. */
class AuthorizationFeatureTest {

    private static final BearerChallenge CHALLENGE = new BearerChallenge("orders");
    private static final Principal CAROL = () -> "carol";
    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

    static class Resource {
        @RolesAllowed("user")
        public void forUsers() {}

        public void free() {}
    }

    private final Map<String, Object> properties = new HashMap<>();
    private SecurityContext security;
    private ResourceCaller caller = new ResourceCaller.Nobody();
    private List<ResourceCheck> checks = List.of();

    private final CallerAuthentication authentication = new CallerAuthentication() {
        @Override
        public ResourceCaller caller(Function<String, @Nullable Object> properties) {
            return caller;
        }

        @Override
        public Refusal offering(Refusal refusal) {
            return refusal.offering("Basic");
        }
    };

    private final ContainerRequestContext request = Fakes.of(
            ContainerRequestContext.class,
            Map.of(
                    "getSecurityContext",
                    nothing -> security,
                    "setSecurityContext",
                    arguments -> {
                        security = (SecurityContext) arguments[0];
                        return null;
                    },
                    "getProperty",
                    arguments -> properties.get(arguments[0]),
                    "setProperty",
                    arguments -> properties.put((String) arguments[0], arguments[1]),
                    "getUriInfo",
                    nothing ->
                            Fakes.of(UriInfo.class, Map.of("getMatchedResources", none -> List.of(new Resource())))));

    @BeforeEach
    void letTheContainerKnowSomebody() {
        security = Fakes.of(
                SecurityContext.class,
                Map.of(
                        "getUserPrincipal", nothing -> (Principal) () -> "container's own",
                        "isUserInRole", arguments -> arguments[0].equals("of-container"),
                        "isSecure", nothing -> true,
                        "getAuthenticationScheme", nothing -> "CLIENT_CERT"));
    }

    private Gate gate() {
        return new Gate(authentication, CHALLENGE, checks);
    }

    private Optional<Refusal> pass(String method) throws NoSuchMethodException {
        Optional<Refusal> atTheDoor = new CallerFilter(this::gate).refusal(request);
        ResourceMethod resource = ResourceMethod.of(Resource.class, Resource.class.getMethod(method));
        return atTheDoor.isPresent()
                ? atTheDoor
                : new AccessFilter(this::gate, resource, new Locators()).refusal(request);
    }

    @Nested
    class ACaller {

        @Test
        void whomTheContainerDoesNotKnowIsShownWithHisRolesAndHisToken() throws Exception {
            caller = new ResourceCaller.Known(CAROL, Set.of("user"), TOKEN);

            assertThat(pass("forUsers")).isEmpty();
            assertThat(security.getUserPrincipal()).isSameAs(CAROL);
            assertThat(security.getAuthenticationScheme()).isEqualTo("Bearer");
            assertThat(security.isSecure()).isTrue();
            assertThat(security.isUserInRole("user")).isTrue();
            assertThat(security.isUserInRole("**")).isTrue();
            assertThat(security.isUserInRole("of-container")).isFalse();
            assertThat(security.isUserInRole(null)).isFalse();
            assertThat(properties).containsValue(TOKEN);
            assertThat(security.toString()).doesNotContain("carol");
        }

        @Test
        void withAnotherRoleIsRefused() throws Exception {
            caller = new ResourceCaller.Known(CAROL, Set.of("of-container"), null);

            assertThat(pass("forUsers")).hasValue(Refusal.roleMissing(CHALLENGE, List.of("user")));
            assertThat(security.getAuthenticationScheme()).isEqualTo("BASIC");
            assertThat(properties).isEmpty();
        }

        @Test
        void isNobodyWhereWeSaySoWhomeverTheContainerKnows() throws Exception {
            assertThat(pass("forUsers"))
                    .hasValue(Refusal.credentialsNeeded(CHALLENGE).offering("Basic"));
            assertThat(security.getUserPrincipal()).isNull();
            assertThat(security.isUserInRole("**")).isFalse();
            assertThat(security.isUserInRole("of-container")).isFalse();
            assertThat(pass("free")).isEmpty();
        }

        @Test
        void ofTheContainerKeepsItsRolesAndHasAnyCallersBesides() throws Exception {
            caller = new ResourceCaller.OfContainer();

            assertThat(pass("forUsers")).hasValue(Refusal.roleMissing(CHALLENGE, List.of("user")));
            assertThat(security.getUserPrincipal().getName()).isEqualTo("container's own");
            assertThat(security.isUserInRole("of-container")).isTrue();
            assertThat(security.isUserInRole("**")).isTrue();
            assertThat(security.getAuthenticationScheme()).isEqualTo("CLIENT_CERT");
        }

        @Test
        void whoIsRefusedReachesNothing() throws Exception {
            Refusal no = Refusal.forbidden("no");
            caller = new ResourceCaller.Refused(no);

            assertThat(pass("free")).hasValue(no);
        }
    }

    @Nested
    class ADefect {

        private void assertUnavailable(RefusingFilter filter) {
            Map<String, Object> aborted = new HashMap<>();
            ContainerRequestContext failing = Fakes.of(
                    ContainerRequestContext.class,
                    Map.of(
                            "getSecurityContext",
                            nothing -> security,
                            "getHeaderString",
                            arguments -> "text/html",
                            "abortWith",
                            arguments -> aborted.put("aborted", arguments[0])));
            try (CapturedLog log = new CapturedLog(RefusingFilter.class)) {
                try {
                    filter.filter(failing);
                } catch (RuntimeException | LinkageError noJaxRsHere) {
                    // Only an implementation can build the response, and there is none in this test.
                    aborted.put("aborted", noJaxRsHere);
                }
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .startsWith("GATE0703");
                assertThat(log.everything()).doesNotContain("secret");
            }
            assertThat(aborted).isNotEmpty();
        }

        @Test
        void letsNobodyPass() throws Exception {
            ResourceMethod free = ResourceMethod.of(Resource.class, Resource.class.getMethod("free"));
            assertUnavailable(new CallerFilter(() -> {
                throw new IllegalStateException("secret");
            }));
            assertUnavailable(new AccessFilter(
                    () -> {
                        throw new NoClassDefFoundError("secret");
                    },
                    free,
                    new Locators()));
        }
    }

    @Nested
    class TheFeature {

        private final Map<String, Object> registered = new LinkedHashMap<>();

        private void configure(boolean already) throws NoSuchMethodException {
            var method = Resource.class.getMethod("free");
            ResourceInfo resource = Fakes.of(
                    ResourceInfo.class,
                    Map.of("getResourceClass", nothing -> Resource.class, "getResourceMethod", nothing -> method));
            FeatureContext context = Fakes.of(
                    FeatureContext.class,
                    Map.of(
                            "getConfiguration",
                            nothing -> Fakes.of(Configuration.class, Map.of("isRegistered", type -> already)),
                            "register",
                            arguments -> registered.put(arguments[0].getClass().getSimpleName(), arguments[1])));
            new AuthorizationFeature().configure(resource, context);
        }

        @Test
        void putsBothFiltersBeforeEveryMethodAndBeforeTheRoleChecksOfAServer() throws Exception {
            configure(false);
            assertThat(registered)
                    .isEqualTo(Map.of(
                            "CallerFilter", Priorities.AUTHENTICATION, "AccessFilter", Priorities.AUTHORIZATION - 1));
        }

        @Test
        void doesSoOnceHoweverOftenItIsFound() throws Exception {
            configure(true);
            assertThat(registered).isEmpty();
        }
    }
}
