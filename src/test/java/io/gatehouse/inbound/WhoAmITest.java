package io.gatehouse.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.basic.FailureLimiter;
import io.gatehouse.basic.FailureLimits;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.testing.Fakes;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoAmITest {

    private final FakeRequest request = new FakeRequest().asking("GET", "/api", "/whoami");
    private final HttpServletRequest servletRequest = request.request();
    private final FakeResponse response = new FakeResponse();
    private final AtomicInteger passedOn = new AtomicInteger();

    private static WhoAmI at(@Nullable String path) {
        return WhoAmI.at(path, AuthenticationMode.CONTAINER, authentication(BasicAuthentication.off("orders")));
    }

    private static RequestAuthentication authentication(BasicAuthentication basic) {
        RequestAuthentication authentication = new RequestAuthentication();
        authentication.tokenResolver = new BearerTokenResolver(new TokenTransport.AuthorizationHeader());
        authentication.tokenValidator = token -> new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED);
        authentication.ledger = RefusalLedger.plain();
        authentication.logins = LoginMemory.off();
        authentication.challenge = new BearerChallenge("orders");
        authentication.basic = basic;
        return authentication;
    }

    private void ask(WhoAmI whoAmI) throws IOException, ServletException {
        FilterChain chain = Fakes.of(FilterChain.class, Map.of("doFilter", arguments -> passedOn.incrementAndGet()));
        new OwnPageFilter(() -> List.of(whoAmI)).doFilter(servletRequest, response.response(), chain);
    }

    private Map<String, Object> answerFor(AuthenticationOutcome.Accepted caller) throws IOException, ServletException {
        CallerInRequest.leave(caller, servletRequest);
        ask(at("/api/whoami"));
        assertThat(passedOn).hasValue(0);
        assertThat(response.status()).isEqualTo(200);
        return TestJson.parse(response.body());
    }

    @Test
    void tellsWhoCameWithAToken() throws IOException, ServletException {
        Map<String, String> claims = TestTokens.validClaims();
        claims.put("name", "\"Al \\\"ice\\\" \\u0001 \\u00e9\"");
        AuthenticationOutcome.Accepted caller =
                AcceptedCallers.of(TestTokens.validated(claims), "alice", Set.of("user", "admin"));

        assertThat(answerFor(caller))
                .isEqualTo(Map.of(
                        "display_name", "Al \"ice\" \u0001 \u00e9",
                        "identifier", "24400320",
                        "source", "default",
                        "groups", List.of("admin", "user")));
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff");
    }

    @Test
    void tellsWhoCameWithoutOne() throws IOException, ServletException {
        assertThat(answerFor(AcceptedCallers.withoutToken("bob", Set.of())))
                .containsEntry("display_name", "bob")
                .containsEntry("identifier", "bob")
                .containsEntry("groups", List.of());
        assertThat(response.body()).contains("\"source\":null");
    }

    @Test
    void tellsWhomTheContainerKnowsByOtherMeans() throws IOException, ServletException {
        request.by(() -> "carol");
        ask(at("/api/whoami"));
        assertThat(response.body()).contains("\"display_name\":\"carol\"");
    }

    @Test
    void asksWhoIsNobodyToComeWithACredential() throws IOException, ServletException {
        ask(at("/api/whoami"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"orders\"")
                .containsEntry("Cache-Control", "no-store");
        assertThat(response.body()).contains("credentials are required");
    }

    /** Where no mechanism takes part, nobody else has looked at the token. */
    @ParameterizedTest
    @CsvSource({"JAXRS,401,expired", "AUTO,401,expired", "CONTAINER,401,credentials are required"})
    void looksAtTheTokenItselfWhereTheContainerDoesNot(AuthenticationMode mode, int status, String detail)
            throws IOException, ServletException {
        request.header("Authorization", "Bearer a.b.c");
        ask(WhoAmI.at("/api/whoami", mode, authentication(BasicAuthentication.off("orders"))));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).contains(detail);
    }

    @Test
    void letsTheMechanismSpeakWhereItHasLooked() throws IOException, ServletException {
        request.header("Authorization", "Bearer a.b.c");
        MechanismMark.leaveIn(servletRequest);
        ask(WhoAmI.at("/api/whoami", AuthenticationMode.AUTO, authentication(BasicAuthentication.off("orders"))));

        assertThat(response.body()).contains("credentials are required");
    }

    @Test
    void offersBasicWhereThatIsTaken() throws IOException, ServletException {
        FailureLimiter limiter = new FailureLimiter(FailureLimits.defaults(), TestTokens.CLOCK);
        BasicAuthentication basic =
                BasicAuthentication.on("orders", new BearerChallenge("orders"), false, limiter, TestTokens.CLOCK);
        ask(WhoAmI.at("/api/whoami", AuthenticationMode.CONTAINER, authentication(basic)));

        assertThat(response.headers().get("WWW-Authenticate")).contains("Bearer", "Basic");
    }

    @Test
    void sendsNoBodyToHead() throws IOException, ServletException {
        request.asking("HEAD", "/api", "/whoami");
        CallerInRequest.leave(AcceptedCallers.withoutToken("bob", Set.of()), servletRequest);
        ask(at("/api/whoami"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.contentLength()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api, /whoami/, /api/whoami",
        "GET, /api, /WHOAMI, /api/whoami",
        "GET, /api/whoam, , /api/whoami",
        "GET, '', , /whoami",
        "POST, /api, /whoami, /api/whoami",
        "OPTIONS, /api, /whoami, /api/whoami",
        "get, /api, /whoami, /api/whoami",
        "GET, /api, /whoami, "
    })
    void leavesEverythingElseToTheApplication(String method, String servletPath, String pathInfo, String path)
            throws IOException, ServletException {
        request.asking(method, servletPath, pathInfo);
        CallerInRequest.leave(AcceptedCallers.withoutToken("bob", Set.of()), servletRequest);
        ask(at(path));

        assertThat(passedOn).hasValue(1);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api, /whoami", "/api/whoami, ", "'', /api/whoami"})
    void answersWhateverServletThePathBelongsTo(String servletPath, String pathInfo)
            throws IOException, ServletException {
        request.asking("GET", servletPath, pathInfo);
        assertThat(answerFor(AcceptedCallers.withoutToken("bob", Set.of()))).isNotEmpty();
    }
}
