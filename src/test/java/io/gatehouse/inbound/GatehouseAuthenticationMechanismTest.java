package io.gatehouse.inbound;

import static jakarta.security.enterprise.AuthenticationStatus.NOT_DONE;
import static jakarta.security.enterprise.AuthenticationStatus.SEND_FAILURE;
import static jakarta.security.enterprise.AuthenticationStatus.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.roles.RoleMapper;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GatehouseAuthenticationMechanismTest {

    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

    private final FakeRequest request = new FakeRequest();
    private final FakeResponse response = new FakeResponse();
    private final AtomicReference<CredentialValidationResult> loggedIn = new AtomicReference<>();
    private final GatehouseAuthenticationMechanism mechanism = new GatehouseAuthenticationMechanism();
    private final HttpServletRequest servletRequest = request.request();
    private final CapturedLog log = new CapturedLog(GatehouseAuthenticationMechanism.class);

    GatehouseAuthenticationMechanismTest() {
        ValidatedTokenIdentityStore store = store();
        mechanism.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        mechanism.tokenValidator = token -> new TokenValidationResult.Valid(TOKEN);
        mechanism.challenge = new BearerChallenge("orders");
        mechanism.basic = BasicAuthentication.off("orders");
        mechanism.identityStores = Fakes.of(
                IdentityStoreHandler.class,
                Map.of("validate", arguments -> store.validate((ValidatedTokenCredential) arguments[0])));
    }

    private static ValidatedTokenIdentityStore store() {
        ValidatedTokenIdentityStore store = new ValidatedTokenIdentityStore();
        store.roleMapper = RoleMapper.of(new RoleSettings(RoleSettings.DEFAULT_CLAIM_PATHS, Map.of()));
        store.principals = token -> new CallerPrincipal(token.callerName());
        return store;
    }

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private AuthenticationStatus answer(boolean isProtected, boolean isAuthenticationRequest) {
        HttpMessageContext context = Fakes.of(
                HttpMessageContext.class,
                Map.of(
                        "isProtected", arguments -> isProtected,
                        "isAuthenticationRequest", arguments -> isAuthenticationRequest,
                        "getRequest", arguments -> servletRequest,
                        "getResponse", arguments -> response.response(),
                        "doNothing", arguments -> NOT_DONE,
                        "notifyContainerAboutLogin",
                                arguments -> {
                                    loggedIn.set((CredentialValidationResult) arguments[0]);
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
        assertThat(AuthenticationReply.leftIn(servletRequest)).isPresent();
        assertThat(loggedIn).hasValue(null);
    }

    @Nested
    class WithoutCredential {

        @Test
        void anOpenResourceIsReached() {
            assertThat(answer(false, false)).isEqualTo(NOT_DONE);
            assertThat(response.status()).isEqualTo(200);
            assertThat(AuthenticationReply.leftIn(servletRequest)).isEmpty();
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
            assertThat(loggedIn.get().getCallerPrincipal().getName()).isEqualTo("alice@example.com");
            assertThat(loggedIn.get().getCallerGroups()).containsExactlyInAnyOrder("user", "clerk");
            assertThat(response.headers()).isEmpty();
        }

        @Test
        void thatIsValidTheCallerIsLoggedInOnOpenResourcesToo() {
            assertThat(answer(false, false)).isEqualTo(SUCCESS);
        }

        @ParameterizedTest
        @EnumSource
        void thatIsInvalidTheReasonIsTold(InvalidTokenReason reason) {
            mechanism.tokenValidator = token -> new TokenValidationResult.Invalid(reason);
            assertRefused(
                    401,
                    "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"" + reason.description()
                            + "\"");
        }

        @Test
        void thatIsInvalidAnOpenResourceIsNotReachedEither() {
            mechanism.tokenValidator = token -> new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED);
            assertThat(answer(false, false)).isEqualTo(SEND_FAILURE);
            assertThat(AuthenticationReply.leftIn(servletRequest)).isPresent();
        }

        @Test
        void thatCannotBeDecidedAboutTheCallerMayComeBack() {
            mechanism.tokenValidator = token -> new TokenValidationResult.Unavailable(Duration.ofSeconds(9));
            assertRefused(503, null);
            assertThat(response.headers()).containsEntry("Retry-After", "9");
        }

        @Test
        void thatMakesTheValidatorFailIsRefused() {
            mechanism.tokenValidator = token -> {
                throw new IllegalStateException("a defect");
            };
            assertRefused(
                    401,
                    "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"the token is malformed\"");
            assertThat(log.messages(Level.SEVERE)).singleElement().asString().startsWith("GATE0201");
        }

        @Test
        void whoseCallerAnIdentityStoreRefusesIsRefused() {
            for (CredentialValidationResult result : new CredentialValidationResult[] {
                CredentialValidationResult.INVALID_RESULT, CredentialValidationResult.NOT_VALIDATED_RESULT
            }) {
                mechanism.identityStores =
                        Fakes.of(IdentityStoreHandler.class, Map.of("validate", arguments -> result));
                assertRefused(
                        401,
                        "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"the caller is not accepted here\"");
            }
        }

        @Test
        void isInNoLog() {
            answer();
            mechanism.tokenValidator = token -> new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED);
            answer();

            assertThat(log.messages(Level.FINE)).containsExactly("GATE0202 token refused: EXPIRED");
            assertThat(log.everything()).doesNotContain("secret", "alice");
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

    @Nested
    class TheIdentityStore {

        @Test
        void decidesAboutNothingButValidatedTokens() {
            assertThat(store().validate(new UsernamePasswordCredential("alice", "secret"))
                            .getStatus())
                    .isEqualTo(CredentialValidationResult.Status.NOT_VALIDATED);
        }

        @Test
        void getsACredentialThatShowsNoToken() {
            ValidatedTokenCredential credential = new ValidatedTokenCredential(TOKEN);

            assertThat(credential.token()).isSameAs(TOKEN);
            assertThat(credential).hasToString("ValidatedTokenCredential[issuer=default]");
        }
    }
}
