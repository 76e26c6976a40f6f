package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.ValidatedToken;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What resource methods ask, by their annotations, and of whom. */
class AccessRulesTest {

    private static final BearerChallenge CHALLENGE = new BearerChallenge("orders");

    private String httpMethod = "GET";

    /** The answer to a caller with these roles and these claims; no roles and no claims are nobody. */
    private Optional<Refusal> refusal(AccessRule rule, Set<String> roles, Map<String, String> claims) {
        return rule.refusal(request(roles, claims));
    }

    private AccessRequest request(Set<String> roles, Map<String, String> claims) {
        ValidatedToken token = claims == null ? null : token(claims);
        SecurityContext security = Fakes.of(
                SecurityContext.class,
                Map.of(
                        "getUserPrincipal",
                        nothing -> roles == null ? null : (java.security.Principal) () -> "carol",
                        "isUserInRole",
                        arguments -> roles.contains((String) arguments[0])));
        ContainerRequestContext context = Fakes.of(
                ContainerRequestContext.class,
                Map.of(
                        "getSecurityContext", nothing -> security,
                        "getMethod", nothing -> httpMethod,
                        "getProperty", arguments -> token));
        return new AccessRequest(context, CHALLENGE);
    }

    private static ValidatedToken token(Map<String, String> further) {
        Map<String, String> claims = new HashMap<>(TestTokens.validClaims());
        claims.putAll(further);
        return TestTokens.validated(claims);
    }

    private static ResourceMethod method(Class<?> type, String name) {
        Method found = Stream.of(type.getMethods())
                .filter(each -> !each.isBridge() && each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return ResourceMethod.of(type, found);
    }

    private String answer(Class<?> type, String name, Set<String> roles) {
        return AccessRules.of(method(type, name))
                .refusal(request(roles, null))
                .map(refusal -> Integer.toString(refusal.status()))
                .orElse("passes");
    }

    interface Contract {
        @RolesAllowed("contract")
        void promised();

        @RolesAllowed("contract")
        void takenOver();

        void plain();
    }

    @RolesAllowed("type")
    interface TypeContract {
        void ofType();
    }

    interface Store<T> {
        @RolesAllowed("store")
        void put(T element);

        @PermitAll
        void get(T element);
    }

    @RolesAllowed("class")
    static class Parent implements Contract {
        @Override
        public void promised() {}

        @Override
        @RolesAllowed("parent")
        public void takenOver() {}

        @Override
        public void plain() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @RolesAllowed("**")
        public void anybody() {}

        @RolesAllowed({"one", "two"})
        public void either() {}

        @RolesAllowed({})
        public void empty() {}

        @PermitAll
        @RolesAllowed("one")
        public void both() {}

        @PermitAll
        @DenyAll
        public void openAndClosed() {}
    }

    static class Child extends Parent {
        @Override
        public void takenOver() {}

        @Override
        public void closed() {}

        @Override
        @PermitAll
        public void promised() {}
    }

    @PermitAll
    static class OpenChild extends Parent {}

    @DenyAll
    static class ClosedChild extends Parent {
        @RolesAllowed("one")
        public void nearer() {}
    }

    static class OfType implements TypeContract {
        @Override
        public void ofType() {}
    }

    static class Plain {
        public void plain() {}
    }

    static class Orders implements Store<Integer> {
        @Override
        public void put(Integer element) {}

        public void get(String other) {}

        @Override
        public void get(Integer element) {}
    }

    /** As CDI makes them: without the annotations of the class. */
    static class Proxy extends Parent {
        @Override
        public void either() {}
    }

    @Nested
    class Roles {

        @ParameterizedTest
        @CsvSource({
            // type, method, a role that opens it (- for none, * for nobody needed), and the answers to another role and
            // to nobody
            "Parent, promised, contract, 403, 401",
            "Parent, takenOver, parent, 403, 401",
            "Parent, plain, class, 403, 401",
            "Parent, open, *, passes, passes",
            "Parent, closed, -, 403, 403",
            "Parent, anybody, class, passes, 401",
            "Parent, anybody, else, passes, 401",
            "Parent, either, one, 403, 401",
            "Parent, either, two, 403, 401",
            "Parent, empty, -, 403, 403",
            "Parent, both, -, 403, 403",
            "Parent, openAndClosed, -, 403, 403",
            "Child, takenOver, parent, 403, 401",
            "Child, closed, -, 403, 403",
            "Child, promised, *, passes, passes",
            "Child, plain, class, 403, 401",
            "OpenChild, plain, *, passes, passes",
            "OpenChild, promised, contract, 403, 401",
            "ClosedChild, plain, -, 403, 403",
            "ClosedChild, nearer, one, 403, 401",
            "OfType, ofType, type, 403, 401",
            "Plain, plain, *, passes, passes",
            "Orders, put, store, 403, 401",
            "Proxy, either, one, 403, 401",
            "Proxy, plain, class, 403, 401"
        })
        void areAskedForWhereTheNearestAnnotationSaysSo(
                String type, String method, String role, String toAnother, String toNobody)
                throws ClassNotFoundException {
            Class<?> resource = Class.forName(AccessRulesTest.class.getName() + '$' + type);

            assertThat(answer(resource, method, Set.of("another"))).isEqualTo(toAnother);
            assertThat(answer(resource, method, null)).isEqualTo(toNobody);
            assertThat(answer(resource, method, Set.of(role))).isEqualTo(role.equals("-") ? "403" : "passes");
        }

        @Test
        void areNotTakenFromAMethodWithOtherParameters() throws NoSuchMethodException {
            ResourceMethod other = ResourceMethod.of(Orders.class, Orders.class.getMethod("get", String.class));
            ResourceMethod overriding = ResourceMethod.of(Orders.class, Orders.class.getMethod("get", Integer.class));

            assertThat(other.annotation(PermitAll.class)).isEmpty();
            assertThat(overriding.annotation(PermitAll.class)).isPresent();
        }

        @Test
        void saysInTheLogWhatContradictsItself() {
            try (CapturedLog log = new CapturedLog(AccessRules.class)) {
                AccessRules.of(method(Parent.class, "both"));

                assertThat(log.messages(Level.SEVERE))
                        .containsExactly("GATE0702 nobody may call " + Parent.class.getName()
                                + ".both, because of an annotation there: both @PermitAll and @RolesAllowed");
            }
        }

        @Test
        void aRoleNamedLikeAnyCallerGainsNobodyMore() {
            AccessRule rule = new RoleRule(List.of("admin"));
            assertThat(refusal(rule, Set.of("**", "", "*"), null)).isPresent();
        }
    }

    static class Scoped {
        @RequiresScope({"read", "write"})
        public void all() {}

        @RequiresScope({"read", "write"})
        @RequiresScope("admin")
        public void alternatives() {}

        @RequiresScope({})
        public void none() {}

        @RequiresScope("two words")
        public void malformed() {}

        @ReadWriteScope
        public void readWrite() {}

        @PermitAll
        @RequiresScope("read")
        public void permitted() {}

        @ReadWriteScope(
                read = "see",
                write = {"see", "change"})
        @RequiresScope("base")
        public void combined() {}
    }

    @RequiresScope("of-type")
    static class ScopedType {
        public void inherits() {}

        @RequiresScope("own")
        public void replaces() {}
    }

    @Nested
    class Scopes {

        private String answer(Class<?> type, String name, Map<String, String> claims) {
            return AccessRules.of(method(type, name))
                    .refusal(request(Set.of(), claims))
                    .map(refusal -> refusal.status() + " " + refusal.challenges())
                    .orElse("passes");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "all | GET | scope | \"read write\" | passes",
                    "all | GET | scope | \"write other read\" | passes",
                    "all | GET | scp | [\"read\",\"write\"] | passes",
                    "all | GET | scope | [\"read\",\"write\"] | passes",
                    "all | GET | scp | \"read write\" | passes",
                    "all | GET | scope | \"read\" | read write",
                    "all | GET | scope | \"READ WRITE\" | read write",
                    "all | GET | scope | \"readwrite\" | read write",
                    "all | GET | scope | 7 | read write",
                    "all | GET | groups | [\"read\",\"write\"] | read write",
                    "alternatives | GET | scope | \"admin\" | passes",
                    "alternatives | GET | scope | \"read write\" | passes",
                    "alternatives | GET | scope | \"read\" | read write",
                    "readWrite | GET | scope | \"read\" | passes",
                    "readWrite | HEAD | scope | \"read\" | passes",
                    "readWrite | OPTIONS | scope | \"read\" | passes",
                    "readWrite | GET | scope | \"write\" | read",
                    "readWrite | POST | scope | \"write\" | passes",
                    "readWrite | PUT | scope | \"read\" | write",
                    "readWrite | DELETE | scope | \"read\" | write",
                    "readWrite | PATCH | scope | \"read\" | write",
                    "readWrite | get | scope | \"read\" | write",
                    "permitted | GET | scope | \"other\" | read",
                    "combined | POST | scope | \"base see change\" | passes",
                    "combined | POST | scope | \"base see\" | see change",
                    "combined | GET | scope | \"base see\" | passes",
                    "combined | GET | scope | \"see\" | base"
                })
        void areThoseOfTheToken(String method, String verb, String claim, String json, String expected) {
            httpMethod = verb;
            String answer = answer(Scoped.class, method, Map.of(claim, json));
            if (expected.equals("passes")) {
                assertThat(answer).isEqualTo("passes");
            } else {
                assertThat(answer)
                        .startsWith("403 ")
                        .contains("error=\"insufficient_scope\"", "scope=\"" + expected + "\"");
            }
        }

        @ParameterizedTest
        @CsvSource({"none", "malformed"})
        void thatMakeNoSenseLetNobodyPass(String method) {
            try (CapturedLog log = new CapturedLog(AccessRules.class)) {
                assertThat(answer(Scoped.class, method, Map.of("scope", "\"two words\"")))
                        .isEqualTo("403 []");
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .startsWith("GATE0702");
            }
        }

        @Test
        void areThoseOfTheNearestAnnotation() {
            assertThat(answer(ScopedType.class, "inherits", Map.of("scope", "\"of-type\"")))
                    .isEqualTo("passes");
            assertThat(answer(ScopedType.class, "replaces", Map.of("scope", "\"of-type\"")))
                    .contains("scope=\"own\"");
            assertThat(answer(ScopedType.class, "replaces", Map.of("scope", "\"own\"")))
                    .isEqualTo("passes");
        }

        @Test
        void areNamedToACallerWithoutACredential() {
            assertThat(AccessRules.of(method(Scoped.class, "permitted")).refusal(request(null, null)))
                    .hasValue(Refusal.credentialsNeeded(CHALLENGE, List.of("read")));
        }

        @Test
        void aCallerWithoutATokenHasNone() {
            assertThat(answer(Scoped.class, "permitted", null)).startsWith("403 ");
        }
    }

    static class Login {
        @RequiresAuthentication(acr = "gold", maxAge = "five minutes")
        public void malformed() {}

        @RequiresAuthentication(maxAge = "-PT5M")
        public void negative() {}

        @RequiresAuthentication(acr = "gold \"")
        public void unspeakable() {}

        @RequiresAuthentication
        public void anybody() {}
    }

    @Nested
    class TheLogin {

        private static final Clock CLOCK = TestTokens.CLOCK;
        private static final Instant NOW = CLOCK.instant();

        private final AuthenticationRule gold = new AuthenticationRule(List.of("gold", "mfa"), null, CLOCK);
        private final AuthenticationRule recent = new AuthenticationRule(List.of(), Duration.ofMinutes(5), CLOCK);
        private final AuthenticationRule both = new AuthenticationRule(List.of("gold"), Duration.ofMinutes(5), CLOCK);

        private boolean passes(AccessRule rule, Map<String, String> claims) {
            return refusal(rule, Set.of(), claims).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"gold\" | true",
                    "\"mfa\" | true",
                    "\"GOLD\" | false",
                    "\"silver\" | false",
                    "\"gold mfa\" | false",
                    "[\"gold\"] | false",
                    "1 | false",
                    "null | false"
                })
        void isOfAKindThatIsNamed(String acr, boolean passes) {
            assertThat(passes(gold, Map.of("acr", acr))).isEqualTo(passes);
        }

        @ParameterizedTest
        @CsvSource({"0, true", "299, true", "300, true", "301, false", "-60, true", "-61, false", "86400, false"})
        void isRecentToTheSecond(long secondsAgo, boolean passes) {
            assertThat(passes(recent, Map.of("auth_time", Long.toString(NOW.getEpochSecond() - secondsAgo))))
                    .isEqualTo(passes);
        }

        @Test
        void isUnknownWhereTheTokenDoesNotSay() {
            assertThat(passes(gold, Map.of())).isFalse();
            assertThat(passes(recent, Map.of())).isFalse();
            assertThat(passes(recent, Map.of("auth_time", "\"" + NOW.getEpochSecond() + "\"")))
                    .isFalse();
            assertThat(refusal(recent, Set.of(), null)).isPresent();
        }

        @Test
        void hasToBeBothWhereBothAreAsked() {
            String now = Long.toString(NOW.getEpochSecond());
            assertThat(passes(both, Map.of("acr", "\"gold\"", "auth_time", now)))
                    .isTrue();
            assertThat(passes(both, Map.of("acr", "\"gold\"", "auth_time", "1")))
                    .isFalse();
            assertThat(passes(both, Map.of("acr", "\"silver\"", "auth_time", now)))
                    .isFalse();
            assertThat(refusal(both, Set.of(), Map.of()))
                    .hasValue(Refusal.authenticationTooWeak(CHALLENGE, List.of("gold"), Duration.ofMinutes(5)));
        }

        @Test
        void isAskedForFirstOfAll() {
            assertThat(refusal(both, null, null)).hasValue(Refusal.credentialsNeeded(CHALLENGE));
        }

        @ParameterizedTest
        @CsvSource({"malformed", "negative", "unspeakable"})
        void thatMakesNoSenseLetsNobodyPass(String method) {
            try (CapturedLog log = new CapturedLog(AccessRules.class)) {
                assertThat(answer(Login.class, method, Set.of())).isEqualTo("403");
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .startsWith("GATE0702");
            }
        }

        @Test
        void mayBeAnyWhereNothingIsSaidOfIt() {
            assertThat(answer(Login.class, "anybody", Set.of())).isEqualTo("passes");
            assertThat(answer(Login.class, "anybody", null)).isEqualTo("401");
        }
    }

    @Nested
    class FurtherChecks {

        private Optional<Refusal> refusal(String name, ResourceCheck check, Set<String> roles) {
            ResourceMethod method = method(Parent.class, name);
            return AccessRules.of(method).and(List.of(check), method).refusal(request(roles, null));
        }

        @Test
        void haveTheLastWord() {
            Refusal no = Refusal.forbidden("not this one");
            assertThat(refusal("open", method -> Optional.of(request -> Optional.of(no)), Set.of()))
                    .hasValue(no);
            assertThat(refusal("open", method -> Optional.of(request -> Optional.empty()), Set.of()))
                    .isEmpty();
            assertThat(refusal("open", method -> Optional.empty(), Set.of())).isEmpty();
        }

        @Test
        void areNotAskedAboutWhoeverHasNoRole() {
            assertThat(refusal(
                            "either",
                            method -> Optional.of(request -> {
                                throw new AssertionError("asked");
                            }),
                            Set.of()))
                    .hasValue(Refusal.roleMissing(CHALLENGE, List.of("one", "two")));
        }
    }
}
