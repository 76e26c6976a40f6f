package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.DjangoOAuthToolkit.Client;
import io.gatehouse.it.DjangoOAuthToolkit.Seeded;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Opaque tokens of Django OAuth Toolkit, asked about over the wire: one application for each way to prove who asks, and
 * one for each mistake in its configuration.
 */
@Needs(Program.DJANGO_OAUTH_TOOLKIT)
@ExtendWith(ArquillianExtension.class)
class DjangoOAuthToolkitIT {

    private static final String AWKWARD = "p%40ss+w/ü&=:Ä x";

    private static final Client WEB = Client.actingForUsers("web", AWKWARD);
    private static final Client ROBOT = Client.actingForItself("robot", AWKWARD);
    private static final Client AWKWARD_ORDERS = Client.actingForItself("orders:api Ö/+%41", AWKWARD);
    private static final Client PLAIN_ORDERS = Client.actingForItself("orders", "abcXYZ123");

    private static final Seeded OURS = new Seeded("ourOwnToken", AWKWARD_ORDERS, "introspection", 3600);
    private static final Seeded OURS_WITHOUT_SCOPE = new Seeded("ourTokenForOthers", AWKWARD_ORDERS, "user", 3600);
    private static final Seeded EXPIRED = new Seeded("expiredAMinuteAgo", ROBOT, "user", -60);

    private static final DjangoOAuthToolkit SERVER = DjangoOAuthToolkit.start(
            List.of("alice", "root"),
            List.of(WEB, ROBOT, AWKWARD_ORDERS, PLAIN_ORDERS),
            List.of(OURS, OURS_WITHOUT_SCOPE, EXPIRED));

    private static final TestIssuer JWT_ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));

    @Deployment(name = "bearer", testable = false)
    static WebArchive withATokenOfOurs() {
        return application("bearer", Map.of("bearer-token", OURS.token(), "cache.lifetime", "1s"));
    }

    @Deployment(name = "basic", testable = false)
    static WebArchive withAnAwkwardSecret() {
        return application("basic", credentials(AWKWARD_ORDERS));
    }

    @Deployment(name = "raw", testable = false)
    static WebArchive withAPlainSecretUnencoded() {
        return application("raw", with(credentials(PLAIN_ORDERS), "credentials-encoding", "raw"));
    }

    @Deployment(name = "post", testable = false)
    static WebArchive withTheSecretInTheForm() {
        return application("post", with(credentials(AWKWARD_ORDERS), "client-authentication", "client_secret_post"));
    }

    @Deployment(name = "fetched", testable = false)
    static WebArchive withATokenThatItFetchesItself() {
        Map<String, String> fetching = with(credentials(AWKWARD_ORDERS), "token-endpoint", SERVER.tokenEndpoint());
        return application("fetched", with(fetching, "token-scope", "introspection"));
    }

    @Deployment(name = "auto", testable = false)
    static WebArchive withJwtsBesides() {
        Map<String, String> properties = new HashMap<>(introspection(credentials(AWKWARD_ORDERS)));
        properties.putAll(JWT_ISSUER.configuration());
        return Demo.war("auto", properties);
    }

    @Deployment(name = "unscoped", testable = false)
    static WebArchive withATokenThatMayNotAsk() {
        return application("unscoped", Map.of("bearer-token", OURS_WITHOUT_SCOPE.token()));
    }

    @Deployment(name = "unslashed", testable = false)
    static WebArchive withoutTheSlash() {
        String endpoint = SERVER.introspectionEndpoint().replaceFirst("/$", "");
        return application("unslashed", Map.of("bearer-token", OURS.token(), "endpoint", endpoint));
    }

    @AfterAll
    static void stop() {
        JWT_ISSUER.close();
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "basic", "raw", "post", "fetched", "auto"})
    void knowsAUserByNameAndScopes(String application) {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice", "user", WEB));
        Caller root = Caller.bearing(SERVER.tokenOf("root", "user admin", WEB));

        assertThat(alice.get(path(application, "hello")).body()).isEqualTo("Hello alice.\n");
        assertThat(alice.get(path(application, "admin")).statusCode()).isEqualTo(403);
        assertThat(root.get(path(application, "admin")).body()).isEqualTo("At your service, root.\n");
        assertThat(root.get(path(application, "me")).body()).contains("\"name\":\"root\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "basic", "raw", "post", "fetched", "auto"})
    void knowsAClientByItsId(String application) {
        Caller robot = Caller.bearing(SERVER.tokenOf(ROBOT, "user"));

        assertThat(robot.get(path(application, "hello")).body()).isEqualTo("Hello robot.\n");
        assertThat(robot.get(path(application, "admin")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "basic", "raw", "post", "fetched", "auto"})
    void refusesTokensThatAreExpiredOrUnknown(String application) {
        assertRefused(Caller.bearing(EXPIRED.token()).get(path(application, "hello")));
        assertRefused(Caller.bearing("nobodyKnowsThis").get(path(application, "hello")));
    }

    @Test
    void refusesARevokedTokenSoon() {
        String token = SERVER.tokenOf("alice", "user", WEB);
        Caller alice = Caller.bearing(token);
        assertThat(alice.get(path("bearer", "hello")).statusCode()).isEqualTo(200);

        SERVER.revoke(token, WEB);

        assertRefused(alice.getUntil(path("bearer", "hello"), 401));
    }

    @Test
    void verifiesJwtsBesideOpaqueTokens() {
        assertThat(Caller.bearing(JWT_ISSUER.token().text())
                        .get(path("auto", "hello"))
                        .body())
                .isEqualTo("Hello carol.\n");
    }

    @Test
    void asksNobodyAboutCallersWithoutAToken() {
        assertThat(Caller.nobody().get(path("unscoped", "public")).statusCode()).isEqualTo(200);
        assertThat(Caller.nobody().get(path("unscoped", "hello")).statusCode()).isEqualTo(401);
    }

    @Test
    void doesNotBlameTheCallerIfOurTokenMayNotAsk() throws IOException {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice", "user", WEB));

        assertUnavailable(alice.get(path("unscoped", "hello")));
        assertUnavailable(alice.get(path("unscoped", "hello")));

        assertThat(Demo.messages("GATE0303", SERVER.introspectionEndpoint())).hasSize(1);
    }

    @Test
    void namesTheSlashThatIsMissingInTheEndpoint() throws IOException {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice", "user", WEB));

        assertUnavailable(alice.get(path("unslashed", "hello")));

        assertThat(Demo.messages("GATE0301", SERVER.introspectionEndpoint().replaceFirst("/$", " ")))
                .singleElement()
                .asString()
                .contains("redirect", "slash");
    }

    @Test
    void keepsTokensAndSecretsOutOfTheLogs() throws IOException {
        String alice = SERVER.tokenOf("alice", "user", WEB);
        for (String application : List.of("bearer", "basic", "raw", "post", "fetched", "auto", "unscoped")) {
            Caller.bearing(alice).get(path(application, "hello"));
        }

        assertThat(Demo.logs().contains(alice)).as("a caller's token in a log").isFalse();
        assertThat(Demo.logs())
                .doesNotContain(AWKWARD, PLAIN_ORDERS.secret(), OURS.token(), OURS_WITHOUT_SCOPE.token());
    }

    private static WebArchive application(String name, Map<String, String> settings) {
        return Demo.war(name, introspection(settings));
    }

    private static Map<String, String> introspection(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("gatehouse.introspection.endpoint", SERVER.introspectionEndpoint());
        settings.forEach((name, value) -> properties.put("gatehouse.introspection." + name, value));
        return properties;
    }

    private static Map<String, String> credentials(Client client) {
        return Map.of("client-id", client.id(), "client-secret", client.secret());
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    private static String path(String application, String resource) {
        return '/' + application + "/api/" + resource;
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).contains("Bearer realm=", "error=\"invalid_token\""));
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }
}
