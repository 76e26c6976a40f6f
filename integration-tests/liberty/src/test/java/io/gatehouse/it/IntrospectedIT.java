package io.gatehouse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.introspected.Contract;
import io.gatehouse.it.introspected.FreshResource;
import io.gatehouse.it.introspected.OwnPrincipalStore;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs are verified here, and the authorization server is asked about them only where a resource wants it. */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class IntrospectedIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer SERVER = ScriptedAuthorizationServer.start(ISSUER.issuer());

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(SERVER.configuration());
        configuration.put("gatehouse.validation", "jwt");
        configuration.put("gatehouse.introspection.cache.lifetime", "10m");
        configuration.put("gatehouse.introspection.cache.stale-if-error", "10m");
        configuration.put("gatehouse.introspection.failure-threshold", "1000000");
        configuration.put("gatehouse.basic.enabled", "true");
        return Demo.war(configuration)
                .addClasses(FreshResource.class, FreshResource.Below.class, Contract.class, OwnPrincipalStore.class);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    /** A token of this caller, about which the server answers so. */
    private static String jwt(String caller, String script) {
        String token = ISSUER.token()
                .claim("sub", caller)
                .claim("jti", UUID.randomUUID().toString())
                .text();
        SERVER.answers(token, script);
        return token;
    }

    private static HttpResponse<String> get(String path, String token) {
        return Caller.bearing(token).get("/api/fresh/" + path);
    }

    private static void assertRevoked(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("invalid_token", "the token is not active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "recent", "open", "promised", "below"})
    void letsALiveTokenPass(String path) {
        String token = jwt("carol", "active");

        assertThat(get(path, token).body()).isEqualTo("carol");
        assertThat(SERVER.questionsAbout(token)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "recent", "open", "promised", "below"})
    void refusesARevokedTokenThatIsTakenElsewhere(String path) {
        String token = jwt("carol", "inactive");

        assertThat(get("any", token).body()).isEqualTo("carol");
        assertThat(SERVER.questionsAbout(token)).isZero();
        assertRevoked(get(path, token));
    }

    /** Whatever the application makes of the caller, it is the token that has been revoked. */
    @ParameterizedTest
    @ValueSource(strings = {"now", "recent", "open", "promised", "below"})
    void refusesARevokedTokenBehindAPrincipalOfTheApplication(String path) {
        String token = jwt("otto", "inactive");

        assertThat(get("any", token).body()).isEqualTo("Otto of the application");
        assertRevoked(get(path, token));

        String alive = jwt("otto", "active");
        assertThat(get(path, alive).body()).isEqualTo("Otto of the application");
    }

    @Test
    void asksAnewForEachRequestUnlessToldHowOldAnAnswerMayBe() {
        String token = jwt("carol", "active");

        for (int i = 1; i <= 3; i++) {
            assertThat(get("now", token).statusCode()).isEqualTo(200);
            assertThat(SERVER.questionsAbout(token)).isEqualTo(i);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(get("recent", token).statusCode()).isEqualTo(200);
        }
        assertThat(SERVER.questionsAbout(token)).as("the last answer serves").isEqualTo(3);

        SERVER.answers(token, "inactive");
        assertThat(get("recent", token).statusCode()).as("within its age").isEqualTo(200);
        assertRevoked(get("now", token));
        assertRevoked(get("recent", token));
        assertThat(get("any", token).statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoStaleAnswerInAnOutage() {
        String token = jwt("carol", "active");
        assertThat(get("now", token).statusCode()).isEqualTo(200);
        SERVER.answers(token, "status-500");

        HttpResponse<String> response = get("now", token);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("any", token).statusCode()).isEqualTo(200);
    }

    @Test
    void asksNothingAboutCallersWhoMayNotComeInAnyway() {
        String token = ISSUER.token().claim("groups", List.of("other")).text();

        assertThat(get("now", token).statusCode()).isEqualTo(403);
        assertThat(SERVER.questionsAbout(token)).isZero();
    }

    @Test
    void leavesCallersWithoutATokenToTheirRoles() {
        Caller paula = Caller.saying("Basic " + Base64.getEncoder().encodeToString("paula:s3same".getBytes(UTF_8)));

        assertThat(paula.get("/api/fresh/now").body()).isEqualTo("paula");
        assertThat(Caller.nobody().get("/api/fresh/open").body()).isEqualTo("nobody");
        assertThat(Caller.nobody().get("/api/fresh/now").statusCode()).isEqualTo(401);
    }
}
