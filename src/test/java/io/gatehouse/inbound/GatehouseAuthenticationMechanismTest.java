package io.gatehouse.inbound;

import static jakarta.security.enterprise.AuthenticationStatus.NOT_DONE;
import static jakarta.security.enterprise.AuthenticationStatus.SEND_FAILURE;
import static jakarta.security.enterprise.AuthenticationStatus.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.caller.Caller;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.roles.CallerRoles;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatehouseAuthenticationMechanismTest {

    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

    private final List<RoleMapper> furtherRoles = new ArrayList<>();
    private final FakeRequest request = new FakeRequest();
    private final FakeResponse response = new FakeResponse();
    private final AtomicReference<@Nullable LoggedIn> loggedIn = new AtomicReference<>();
    private final GatehouseAuthenticationMechanism mechanism = new GatehouseAuthenticationMechanism();
    private final RequestAuthentication authentication = new RequestAuthentication();
    private final HttpServletRequest servletRequest = request.request();
    private final Map<String, Object> messageInfo = new HashMap<>();
    private final CapturedLog log = new CapturedLog(RequestAuthentication.class);
    private final CapturedLog refusals = new CapturedLog(RefusalLedger.class);

    GatehouseAuthenticationMechanismTest() {
        ValidatedTokenIdentityStore store = store();
        mechanism.authentication = authentication;
        mechanism.mode = AuthenticationMode.AUTO;
        authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        authentication.tokenValidator = token -> new TokenValidationResult.Valid(TOKEN);
        authentication.ledger = RefusalLedger.plain();
        authentication.challenge = new BearerChallenge("orders");
        authentication.logins = LoginMemory.off();
        authentication.basic = BasicAuthentication.off("orders");
        authentication.identityStores = Fakes.of(
                IdentityStoreHandler.class,
                Map.of("validate", arguments -> store.validate((ValidatedTokenCredential) arguments[0])));
    }

    private ValidatedTokenIdentityStore store() {
        ValidatedTokenIdentityStore store = new ValidatedTokenIdentityStore();
        RoleSettings settings = new RoleSettings(RoleSettings.DEFAULT_CLAIM_PATHS, Map.of());
        store.callerRoles =
                CallerRoles.of(RoleMapper.of(settings, TestTokens.CLOCK), () -> furtherRoles, TestTokens.CLOCK);
        store.principals = (token, groups) -> new CallerPrincipal(token.callerName());
        return store;
    }

    @AfterEach
    void releaseTheLog() {
        log.close();
        refusals.close();
    }

    private boolean containerTakesCallers = true;

    /** What the container was told. */
    private record LoggedIn(Principal principal, Set<?> groups) {}

    private AuthenticationStatus answer(boolean isProtected, boolean isAuthenticationRequest) {
        HttpMessageContext context = Fakes.of(
                HttpMessageContext.class,
                Map.of(
                        "isProtected", arguments -> isProtected,
                        "isAuthenticationRequest", arguments -> isAuthenticationRequest,
                        "getMessageInfo",
                                arguments -> Fakes.of(MessageInfo.class, Map.of("getMap", nothing -> messageInfo)),
                        "getRequest", arguments -> servletRequest,
                        "getResponse", arguments -> response.response(),
                        "doNothing", arguments -> NOT_DONE,
                        "notifyContainerAboutLogin",
                                arguments -> {
                                    if (!containerTakesCallers) {
                                        throw new IllegalStateException("authorization failed");
                                    }
                                    loggedIn.set(
                                            new LoggedIn((Principal) arguments[0], Set.copyOf((Set<?>) arguments[1])));
                                    return SUCCESS;
                                }));
        return mechanism.validateRequest(servletRequest, response.response(), context);
    }

    private AuthenticationStatus answer() {
        return answer(true, false);
    }

    private void assertRefused(int status, String challenge) {
        assertThat(answer()).isEqualTo(SEND_FAILURE);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().get("WWW-Authenticate")).isEqualTo(challenge);
        assertThat(RefusalInRequest.leftIn(servletRequest)).isPresent();
        assertThat(loggedIn).hasValue(null);
    }

    @Nested
    class WithoutCredential {

        @Test
        void anOpenResourceIsReached() {
            assertThat(answer(false, false)).isEqualTo(NOT_DONE);
            assertThat(response.status()).isEqualTo(200);
            assertThat(RefusalInRequest.leftIn(servletRequest)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"true,false", "false,true", "true,true"})
        void aCallerWhoIsNeededIsAskedForWithoutAnErrorCode(boolean isProtected, boolean isAuthenticationRequest) {
            assertThat(answer(isProtected, isAuthenticationRequest)).isEqualTo(SEND_FAILURE);
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"orders\"");
        }

        @Test
        void anotherSchemeIsNone() {
            request.header("Authorization", "Basic YTpi");
            assertRefused(401, "Bearer realm=\"orders\"");
        }
    }

    @Nested
    class WithAToken {

        WithAToken() {
            request.header("Authorization", "Bearer secret.token.value");
        }

        @Test
        void thatIsValidTheCallerIsLoggedIn() {
            assertThat(answer()).isEqualTo(SUCCESS);
            assertThat(loggedIn.get().principal().getName()).isEqualTo("alice@example.com");
            assertThat(loggedIn.get().groups()).isEqualTo(Set.of("user", "clerk"));
            assertThat(response.headers()).isEmpty();
        }

        @Test
        void thatIsValidTheCallerIsLoggedInOnOpenResourcesToo() {
            assertThat(answer(false, false)).isEqualTo(SUCCESS);
        }

        @Test
        void thatIsValidTheCallerIsKnownToWhoeverAsks() {
            furtherRoles.add(token -> Set.of("auditor"));
            answer();
            Caller caller = CallerInRequest.of(servletRequest);

            assertThat(caller.name()).isEqualTo("alice@example.com");
            assertThat(caller.roles()).containsExactlyInAnyOrder("user", "clerk", "auditor");
            assertThat(caller.issuerName()).contains("default");
        }

        @Test
        void whoseRolesAMapperOfTheApplicationCannotTellMayComeBack() {
            furtherRoles.add(token -> {
                throw new IllegalStateException("no connection");
            });
            assertRefused(503, null);
            assertThat(response.headers()).containsEntry("Retry-After", "10");
            assertThat(log.messages(Level.SEVERE)).isEmpty();
            assertThat(CallerInRequest.of(servletRequest).isAuthenticated()).isFalse();
        }

        @Test
        void whoseCallerTheServerDoesNotTakeIsLeftToTheFilterWhereTheContainerIsNotNeeded() {
            containerTakesCallers = false;
            try (CapturedLog warnings = new CapturedLog(GatehouseAuthenticationMechanism.class)) {
                assertThat(answer(false, false)).isEqualTo(NOT_DONE);
                assertThat(answer(false, false)).isEqualTo(NOT_DONE);
                assertThat(warnings.messages(Level.WARNING))
                        .singleElement()
                        .asString()
                        .startsWith("GATE0211");
            }
            assertThat(response.status()).isEqualTo(200);
            assertThat(MechanismMark.isIn(servletRequest)).isFalse();
            assertThat(CallerInRequest.of(servletRequest).isAuthenticated()).isFalse();
            assertThat(servletRequest.getAttribute(ValidatedToken.REQUEST_ATTRIBUTE))
                    .isNull();
            assertThat(RefusalInRequest.leftIn(servletRequest)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"AUTO,true,false", "AUTO,false,true", "CONTAINER,false,false", "CONTAINER,true,false"})
        void whoseCallerTheServerDoesNotTakeMayComeBackWhereTheContainerIsNeeded(
                AuthenticationMode mode, boolean isProtected, boolean isAuthenticationRequest) {
            containerTakesCallers = false;
            mechanism.mode = mode;

            assertThat(answer(isProtected, isAuthenticationRequest)).isEqualTo(SEND_FAILURE);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsEntry("Retry-After", "10").doesNotContainKey("WWW-Authenticate");
            assertThat(RefusalInRequest.leftIn(servletRequest)).isPresent();
            assertThat(CallerInRequest.of(servletRequest).isAuthenticated()).isFalse();
        }

        @Test
        void isForgottenAtTheLogout() {
            answer();
            AtomicBoolean cleaned = new AtomicBoolean();
            mechanism.cleanSubject(
                    servletRequest,
                    response.response(),
                    Fakes.of(HttpMessageContext.class, Map.of("cleanClientSubject", arguments -> {
                        cleaned.set(true);
                        return null;
                    })));

            assertThat(cleaned).isTrue();
            assertThat(CallerInRequest.of(servletRequest).isAuthenticated()).isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void thatIsInvalidTheReasonIsTold(InvalidTokenReason reason) {
            authentication.tokenValidator = token -> new TokenValidationResult.Invalid(reason);
            assertRefused(
                    401,
                    "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"" + reason.description()
                            + "\"");
        }

        @Test
        void thatIsInvalidAnOpenResourceIsNotReachedEither() {
            authentication.tokenValidator = token -> new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED);
            assertThat(answer(false, false)).isEqualTo(SEND_FAILURE);
            assertThat(RefusalInRequest.leftIn(servletRequest)).isPresent();
        }

        @Test
        void thatCannotBeDecidedAboutTheCallerMayComeBack() {
            authentication.tokenValidator = token -> new TokenValidationResult.Unavailable(Duration.ofSeconds(9));
            assertRefused(503, null);
            assertThat(response.headers()).containsEntry("Retry-After", "9");
        }

        @Test
        void thatMakesTheValidatorFailIsNotToBlame() {
            authentication.tokenValidator = token -> {
                throw new IllegalStateException("a defect about " + token.value());
            };
            assertRefused(503, null);
            assertThat(response.headers()).containsEntry("Retry-After", "10");
            assertThat(log.messages(Level.SEVERE)).singleElement().asString().startsWith("GATE0201");
            assertThat(log.everything()).doesNotContain("secret");
        }

        @Test
        void thatMakesAnIdentityStoreFailIsNotToBlame() {
            authentication.identityStores = Fakes.of(IdentityStoreHandler.class, Map.of("validate", arguments -> {
                throw new IllegalStateException("no connection for alice");
            }));
            assertRefused(503, null);
            assertThat(response.headers()).containsEntry("Retry-After", "10");
            assertThat(log.messages(Level.SEVERE)).singleElement().asString().startsWith("GATE0207");
            assertThat(log.everything()).doesNotContain("secret", "alice");
        }

        @Test
        void whoseCallersGroupsCannotBeHadIsNotToBlameAndFillsNoLog() {
            authentication.identityStores = Fakes.of(IdentityStoreHandler.class, Map.of("validate", arguments -> {
                throw new GroupsUnavailableException();
            }));
            assertRefused(503, null);
            assertThat(response.headers()).containsEntry("Retry-After", "10");
            assertThat(log.messages(Level.SEVERE)).isEmpty();
        }

        /** For {@code @Introspected}, whatever principal an identity store makes of it. */
        @Test
        void isLeftInTheRequestOnceItsCallerIsLoggedIn() {
            authentication.identityStores = Fakes.of(
                    IdentityStoreHandler.class,
                    Map.of("validate", arguments -> new CredentialValidationResult("somebody", Set.of())));
            assertThat(answer()).isEqualTo(SUCCESS);
            assertThat(servletRequest.getAttribute(ValidatedToken.REQUEST_ATTRIBUTE))
                    .isSameAs(TOKEN);
        }

        @Test
        void isNotLeftInTheRequestOfOneWhoIsRefused() {
            authentication.identityStores = Fakes.of(
                    IdentityStoreHandler.class,
                    Map.of("validate", arguments -> CredentialValidationResult.INVALID_RESULT));
            answer();
            assertThat(servletRequest.getAttribute(ValidatedToken.REQUEST_ATTRIBUTE))
                    .isNull();
        }

        @Test
        void whoseCallerAnIdentityStoreRefusesIsRefused() {
            for (CredentialValidationResult result : new CredentialValidationResult[] {
                CredentialValidationResult.INVALID_RESULT, CredentialValidationResult.NOT_VALIDATED_RESULT
            }) {
                authentication.identityStores =
                        Fakes.of(IdentityStoreHandler.class, Map.of("validate", arguments -> result));
                assertRefused(
                        401,
                        "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"the caller is not accepted here\"");
            }
        }

        @Test
        void isInNoLog() {
            answer();
            authentication.tokenValidator = token -> new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED);
            answer();

            assertThat(refusals.messages(Level.FINE))
                    .singleElement()
                    .asString()
                    .startsWith("GATE0901 refused (GATE-EXPIRED 401, ");
            assertThat(log.everything() + refusals.everything()).doesNotContain("secret", "alice");
        }
    }

    @Nested
    class WithAMalformedRequest {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Bearer|the token is empty",
                    "Bearer a b|the token has characters that no token has, or there are two"
                })
        void theRequestIsInvalid(String header, String description) {
            request.header("Authorization", header);
            assertRefused(
                    400,
                    "Bearer realm=\"orders\", error=\"invalid_request\", error_description=\"" + description + "\"");
        }

        @Test
        void twoCredentialsAreInvalid() {
            request.header("Authorization", "Bearer a", "Bearer b");
            assertRefused(
                    400,
                    "Bearer realm=\"orders\", error=\"invalid_request\", error_description=\"more than one Authorization header\"");
        }
    }

    /** Open Liberty reads it too, after us, and answers 500 to a malformed one if we let it. */
    @Nested
    class WithABasicHeader {

        @Test
        void theServerIsToldThatTheTypeIsAnotherOne() {
            request.header("Authorization", "Basic rubbish");
            assertThat(answer(false, false)).isEqualTo(NOT_DONE);
            assertThat(messageInfo).containsEntry("jakarta.servlet.http.authType", "Bearer");
            assertThat(response.committed()).isFalse();
        }

        @Test
        void aRefusalIsSentBeforeTheServerReadsIt() {
            request.header("Authorization", "Basic rubbish", "Bearer a");
            assertRefused(
                    400,
                    "Bearer realm=\"orders\", error=\"invalid_request\", error_description=\"more than one Authorization header\"");
            assertThat(response.committed()).isTrue();
        }

        @Test
        void aRefusalIsLeftToTheContainerWhereTheServerDoesNotReadIt() {
            request.header("Authorization", "Basic rubbish");
            assertThat(answer(false, true)).isEqualTo(SEND_FAILURE);
            assertThat(response.committed()).isFalse();
        }
    }

    @Nested
    class TheIdentityStore {

        @Test
        void decidesAboutNothingButValidatedTokens() {
            assertThat(store().validate(new UsernamePasswordCredential("alice", "secret"))
                            .getStatus())
                    .isEqualTo(CredentialValidationResult.Status.NOT_VALIDATED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"UNAUTHENTICATED", "unauthenticated", "Unauthenticated"})
        void acceptsNobodyWhomTheServerTakesForNobody(String name) {
            assertThat(validated("upn", TestJson.quote(name)).getStatus())
                    .isEqualTo(CredentialValidationResult.Status.INVALID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"group:defaultRealm/admin", "group:x/admin", "group:https://login.example.com/admin"})
        void handsNoGroupOnThatTheServerWouldReadAsAnother(String group) {
            assertThat(groupsOf(group, "user")).containsExactly("user");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"group:admin", "group:/admin", "user:read", "a/b", "https://example.com/admin", "role:a/b"})
        void handsOnGroupsThatOnlyLookAlike(String group) {
            assertThat(groupsOf(group)).containsExactly(group);
        }

        private Set<String> groupsOf(String... groups) {
            String json = Stream.of(groups).map(TestJson::quote).collect(Collectors.joining(",", "[", "]"));
            return validated("groups", json).getCallerGroups();
        }

        private CredentialValidationResult validated(String claim, String json) {
            Map<String, String> claims = TestTokens.validClaims();
            claims.put(claim, json);
            return store().validate(new ValidatedTokenCredential(TestTokens.validated(claims)));
        }

        @Test
        void tellsThePrincipalItsGroups() {
            AtomicReference<Set<String>> told = new AtomicReference<>();
            ValidatedTokenIdentityStore store = store();
            store.callerRoles = CallerRoles.of(
                    token -> Set.of("from another claim", "group:defaultRealm/admin"), List::of, TestTokens.CLOCK);
            store.principals = (token, groups) -> {
                told.set(groups);
                return new CallerPrincipal(token.callerName());
            };

            assertThat(store.validate(new ValidatedTokenCredential(TOKEN)).getCallerGroups())
                    .isEqualTo(Set.of("from another claim"));
            assertThat(told).hasValue(Set.of("from another claim"));
        }

        @Test
        void getsACredentialThatShowsNoToken() {
            ValidatedTokenCredential credential = new ValidatedTokenCredential(TOKEN);

            assertThat(credential.token()).isSameAs(TOKEN);
            assertThat(credential).hasToString("ValidatedTokenCredential[issuer=default]");
        }
    }
}
