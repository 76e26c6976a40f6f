package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.explanation.Explainer;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.explanation.RefusedRequest;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefusalListTest {

    private static final BearerChallenge CHALLENGE = new BearerChallenge("orders");

    private final FakeRequest request = new FakeRequest().asking("GET", "/gatehouse/refusals", null);
    private final FakeResponse response = new FakeResponse();
    private final AtomicInteger passedOn = new AtomicInteger();
    private final RefusalLedger ledger =
            new RefusalLedger(Explainer.ofCodes(), AuditTrail.none(), 10, TestTokens.CLOCK);
    private final Refusal earlier =
            ledger.noted(Refusal.invalidToken(CHALLENGE, InvalidTokenReason.EXPIRED), RefusedRequest.of(null));

    private void ask(String path, AuthenticationMode mode) throws IOException, ServletException {
        RequestAuthentication authentication = new RequestAuthentication();
        authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        authentication.tokenValidator =
                token -> new TokenValidationResult.Invalid(InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
        authentication.challenge = CHALLENGE;
        authentication.ledger = ledger;
        authentication.logins = LoginMemory.off();
        authentication.basic = BasicAuthentication.off("orders");
        FilterChain chain = Fakes.of(FilterChain.class, Map.of("doFilter", arguments -> passedOn.incrementAndGet()));
        RefusalList list = RefusalList.at(path, "admin", mode, authentication, ledger, CHALLENGE);
        new OwnPageFilter(() -> List.of(list)).doFilter(request.request(), response.response(), chain);
    }

    private void ask() throws IOException, ServletException {
        ask("/gatehouse/refusals", AuthenticationMode.CONTAINER);
    }

    @Test
    void showsThemToCallersWithTheRole() throws Exception {
        CallerInRequest.leave(AcceptedCallers.withoutToken("root", Set.of("admin")), request.request());
        ask();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "no-store");
        assertThat(TestJson.parse(response.body()).get("refusals"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("correlation_id", earlier.correlationId())
                .containsEntry("code", "GATE-EXPIRED");
    }

    @Test
    void refusesCallersWithoutTheRoleAndTakesNoteOfThat() throws Exception {
        CallerInRequest.leave(AcceptedCallers.withoutToken("bob", Set.of("user", "Admin")), request.request());
        ask();

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).doesNotContain("GATE-EXPIRED", "GATE-ROLE").contains("correlation_id");
        assertThat(ledger.recentAsJson()).contains("GATE-ROLE");
    }

    @Test
    void asksWhoIsNobodyForACredential() throws Exception {
        ask();

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"orders\"");
        assertThat(response.body()).doesNotContain("GATE-");
    }

    @Test
    void refusesABadTokenWhereTheContainerHasNotLooked() throws Exception {
        request.header("Authorization", "Bearer a.b.c");
        ask("/gatehouse/refusals", AuthenticationMode.JAXRS);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("not meant for this resource").doesNotContain("GATE-");
    }

    @Test
    void isNowhereUnlessWanted() throws Exception {
        CallerInRequest.leave(AcceptedCallers.withoutToken("root", Set.of("admin")), request.request());
        ask(null, AuthenticationMode.CONTAINER);

        assertThat(passedOn).hasValue(1);
        assertThat(response.body()).isEmpty();
    }
}
