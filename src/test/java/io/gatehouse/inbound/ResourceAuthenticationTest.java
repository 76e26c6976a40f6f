package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.authorization.ResourceCaller;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.ValidatedToken;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who finds out who calls, by mode and by whether the mechanism took part; and that both say the same. */
class ResourceAuthenticationTest {

    private static final BearerChallenge CHALLENGE = new BearerChallenge("orders");
    private static final ValidatedToken TOKEN = TestTokens.validated(TestTokens.validClaims());

    private final FakeRequest fakeRequest = new FakeRequest();
    private final HttpServletRequest request = fakeRequest.request();
    private final FakeResponse response = new FakeResponse();
    private final List<Principal> noticed = new ArrayList<>();
    private TokenValidationResult decision = new TokenValidationResult.Valid(TOKEN);

    private RequestAuthentication authentication() {
        RequestAuthentication authentication = new RequestAuthentication();
        authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        authentication.tokenValidator = token -> decision;
        authentication.ledger = RefusalLedger.plain();
        authentication.logins = LoginMemory.off();
        authentication.challenge = CHALLENGE;
        authentication.basic = BasicAuthentication.off("orders");
        authentication.identityStores = Fakes.of(
                IdentityStoreHandler.class,
                Map.of(
                        "validate",
                        arguments -> new CredentialValidationResult(new CallerPrincipal("carol"), Set.of("user"))));
        return authentication;
    }

    private ResourceCaller caller(AuthenticationMode mode) {
        ResourceAuthentication resource = new ResourceAuthentication();
        resource.request = request;
        resource.authentication = authentication();
        resource.mode = mode;
        resource.notice = noticed::add;
        resource.contexts = RequestContexts.STAY;
        return resource.caller(name -> null);
    }

    private AuthenticationStatus mechanism(AuthenticationMode mode, boolean isProtected) {
        GatehouseAuthenticationMechanism mechanism = new GatehouseAuthenticationMechanism();
        mechanism.authentication = authentication();
        mechanism.mode = mode;
        HttpMessageContext context = Fakes.of(
                HttpMessageContext.class,
                Map.of(
                        "isProtected", nothing -> isProtected,
                        "isAuthenticationRequest", nothing -> false,
                        "getMessageInfo",
                                nothing -> Fakes.of(MessageInfo.class, Map.of("getMap", none -> new HashMap<>())),
                        "getRequest", nothing -> request,
                        "getResponse", nothing -> response.response(),
                        "doNothing", nothing -> AuthenticationStatus.NOT_DONE,
                        "notifyContainerAboutLogin", nothing -> AuthenticationStatus.SUCCESS));
        return mechanism.validateRequest(request, response.response(), context);
    }

    /** The fake that stands for CDI fails at every question. */
    @Test
    void asksTheRequestThatIsAtHandRatherThanCdi() {
        fakeRequest.header("Authorization", "Bearer secret.token.value");
        RequestAtHand.leaveIn(request);
        ResourceAuthentication resource = new ResourceAuthentication();
        resource.request = Fakes.of(HttpServletRequest.class, Map.of());
        resource.authentication = authentication();
        resource.mode = AuthenticationMode.JAXRS;
        resource.notice = noticed::add;
        resource.contexts = RequestContexts.STAY;

        assertThat(resource.caller(request::getAttribute)).isInstanceOf(ResourceCaller.Known.class);
        assertThat(CallerInRequest.of(request).name()).isEqualTo("carol");
    }

    @Test
    void asksCdiWhereItsContextsTravel() {
        ResourceAuthentication resource = new ResourceAuthentication();
        resource.request = request;
        resource.authentication = authentication();
        resource.mode = AuthenticationMode.JAXRS;
        resource.notice = noticed::add;
        resource.contexts = RequestContexts.TRAVEL;
        HttpServletRequest another = new FakeRequest()
                .header("Authorization", "Bearer secret.token.value")
                .request();
        RequestAtHand.leaveIn(another);

        assertThat(resource.caller(another::getAttribute)).isInstanceOf(ResourceCaller.Nobody.class);
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINER, true, OfContainer",
        "CONTAINER, false, OfContainer",
        "AUTO, true, OfContainer",
        "AUTO, false, Known",
        "JAXRS, true, Known",
        "JAXRS, false, Known"
    })
    void isUpToTheMechanismWhereItTookPart(AuthenticationMode mode, boolean tookPart, String expected) {
        fakeRequest.header("Authorization", "Bearer secret.token.value");
        if (tookPart) {
            MechanismMark.leaveIn(request);
        }
        assertThat(caller(mode).getClass().getSimpleName()).isEqualTo(expected);
        assertThat(noticed).hasSize(expected.equals("Known") ? 1 : 0);
    }

    @Test
    void takesNothingElseForTheMarkOfTheMechanism() {
        fakeRequest.header("Authorization", "Bearer secret.token.value");
        request.setAttribute(MechanismMark.class.getName(), "set by a proxy");
        assertThat(caller(AuthenticationMode.AUTO)).isInstanceOf(ResourceCaller.Known.class);
    }

    @ParameterizedTest
    @CsvSource({"AUTO, OfContainer", "JAXRS, Nobody", "CONTAINER, OfContainer"})
    void leavesOnlyToOthersWhatHasNoCredential(AuthenticationMode mode, String expected) {
        assertThat(caller(mode).getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void knowsTheCallerWithRolesAndToken() {
        fakeRequest.header("Authorization", "Bearer secret.token.value");
        ResourceCaller.Known known = (ResourceCaller.Known) caller(AuthenticationMode.JAXRS);

        assertThat(known.principal().getName()).isEqualTo("carol");
        assertThat(known.roles()).containsExactly("user");
        assertThat(known.token()).isSameAs(TOKEN);
        assertThat(noticed).containsExactly(known.principal());
    }

    @Test
    void refusesAsTheMechanismWould() {
        fakeRequest.header("Authorization", "Bearer secret.token.value");
        decision = new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED);
        assertThat(refused(AuthenticationMode.JAXRS))
                .isEqualTo(Refusal.invalidToken(CHALLENGE, InvalidTokenReason.EXPIRED));
        decision = new TokenValidationResult.Unavailable(Duration.ofSeconds(7));
        assertThat(refused(AuthenticationMode.AUTO)).isEqualTo(Refusal.unavailable(Duration.ofSeconds(7)));
    }

    /** But for the id of the one answer. */
    private Refusal refused(AuthenticationMode mode) {
        Refusal refusal = ((ResourceCaller.Refused) caller(mode)).refusal();
        assertThat(refusal.correlationId()).isNotNull();
        return new Refusal(
                refusal.code(),
                refusal.status(),
                refusal.challenges(),
                refusal.detail(),
                refusal.asked(),
                refusal.retryAfter(),
                null);
    }

    @ParameterizedTest
    @CsvSource({"CONTAINER", "AUTO", "JAXRS"})
    void endsWhatTheMechanismRefusedAndTheContainerLetThrough(AuthenticationMode mode) {
        Refusal refusal = Refusal.credentialsNeeded(CHALLENGE);
        RefusalInRequest.leave(refusal, request);
        MechanismMark.leaveIn(request);

        assertThat(caller(mode)).isEqualTo(new ResourceCaller.Refused(refusal));
    }

    @ParameterizedTest
    @CsvSource({"CONTAINER, true", "AUTO, true", "JAXRS, false"})
    void theMechanismTakesPartUnlessTheModeSaysOtherwise(AuthenticationMode mode, boolean takesPart) {
        fakeRequest.header("Authorization", "Bearer secret.token.value");

        assertThat(mechanism(mode, false))
                .isEqualTo(takesPart ? AuthenticationStatus.SUCCESS : AuthenticationStatus.NOT_DONE);
        assertThat(MechanismMark.isIn(request)).isEqualTo(takesPart);
    }

    @Test
    void inModeJaxrsTheMechanismOpensNothingThatTheContainerProtects() {
        fakeRequest.header("Authorization", "Bearer secret.token.value");

        assertThat(mechanism(AuthenticationMode.JAXRS, true)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(response.status()).isEqualTo(401);
    }
}
