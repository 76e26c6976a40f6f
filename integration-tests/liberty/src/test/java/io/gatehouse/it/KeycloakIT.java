package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's tokens, verified here, asked about over the wire, or both: one application for each way. */
@Needs(Program.KEYCLOAK)
@ExtendWith(ArquillianExtension.class)
class KeycloakIT {

    private static final TestKey ORDERS_KEY = TestKey.generate("orders-key", "ES256");
    private static final Keycloak SERVER = Keycloak.start(ORDERS_KEY.publicJwk());

    @Deployment(name = "local", testable = false)
    static WebArchive verifyingHere() {
        return Demo.war("local", local());
    }

    @Deployment(name = "basic", testable = false)
    static WebArchive askingWithASecret() {
        return Demo.war("basic", remote("orders:api", "p%40ss+w/ü&=:x"));
    }

    @Deployment(name = "assertion", testable = false)
    static WebArchive askingWithAKey() {
        Map<String, String> properties = introspection();
        properties.put("mp.jwt.verify.issuer", SERVER.issuer());
        properties.put("gatehouse.introspection.client-id", "orders-by-key");
        properties.put("gatehouse.introspection.private-key-location", "classpath:orders.pem");
        properties.put("gatehouse.introspection.private-key-id", ORDERS_KEY.id());
        return Demo.war("assertion", properties).addAsResource(new StringAsset(ORDERS_KEY.pem()), "orders.pem");
    }

    @Deployment(name = "both", testable = false)
    static WebArchive verifyingAndAsking() {
        Map<String, String> properties = remote("orders:api", "p%40ss+w/ü&=:x");
        properties.putAll(local());
        properties.put("gatehouse.validation", "both");
        return Demo.war("both", properties);
    }

    @Deployment(name = "stranger", testable = false)
    static WebArchive askingAboutTokensForOthers() {
        return Demo.war("stranger", remote("stranger", "stranger"));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "basic", "assertion", "both"})
    void knowsAUserByNameAndRealmRoles(String application) {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice"));
        Caller root = Caller.bearing(SERVER.tokenOf("root"));

        assertThat(alice.get(path(application, "hello")).body()).isEqualTo("Hello alice.\n");
        assertThat(alice.get(path(application, "admin")).statusCode()).isEqualTo(403);
        assertThat(root.get(path(application, "admin")).body()).isEqualTo("At your service, root.\n");
        assertThat(root.get(path(application, "me")).body()).contains("\"name\":\"root\"", SERVER.issuer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "basic", "assertion", "both"})
    void keepsAUserWithoutRolesOutsideRoleDoors(String application) {
        Caller guest = Caller.bearing(SERVER.tokenOf("guest"));

        assertThat(guest.get(path(application, "public")).statusCode()).isEqualTo(200);
        assertThat(guest.get(path(application, "hello")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "basic", "assertion", "both"})
    void refusesATokenWithAForeignSignature(String application) {
        String alice = SERVER.tokenOf("alice");
        String root = SERVER.tokenOf("root");
        String mixed = alice.substring(0, alice.lastIndexOf('.')) + root.substring(root.lastIndexOf('.'));

        assertRefused(Caller.bearing(mixed).get(path(application, "hello")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "basic", "assertion", "both"})
    void takesARefreshTokenForNoAccessToken(String application) {
        String refreshToken = SERVER.login("alice").getString("refresh_token");

        assertRefused(Caller.bearing(refreshToken).get(path(application, "hello")));
    }

    @Test
    void explainsInTheLogWhyTheServerCallsAGoodTokenInactive() throws IOException {
        assertRefused(Caller.bearing(SERVER.tokenOf("alice")).get(path("stranger", "hello")));

        assertThat(Demo.messages("GATE0304", SERVER.introspectionEndpoint(), "\"aud\""))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "assertion", "both"})
    void refusesAfterALogout(String application) {
        JsonObject login = SERVER.login("alice");
        Caller alice = Caller.bearing(login.getString("access_token"));
        assertThat(alice.get(path(application, "hello")).statusCode()).isEqualTo(200);

        SERVER.logout(login);

        assertRefused(alice.getUntil(path(application, "hello"), 401));
    }

    @Test
    void refusesAUserWhoWasDisabled() {
        Caller mallory = Caller.bearing(SERVER.tokenOf("mallory"));
        assertThat(mallory.get(path("basic", "hello")).statusCode()).isEqualTo(200);
        assertThat(mallory.get(path("both", "hello")).statusCode()).isEqualTo(200);

        SERVER.disableMallory();

        assertRefused(mallory.getUntil(path("basic", "hello"), 401));
        assertRefused(mallory.getUntil(path("both", "hello"), 401));
    }

    @Test
    void refusesNobodyWhileTheKeysChange() {
        Caller alice = Caller.bearing(SERVER.tokenOf("alice"));
        AtomicBoolean changing = new AtomicBoolean(true);
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> requests = List.of(
                CompletableFuture.runAsync(() -> keepAsking(alice, changing, statuses)),
                CompletableFuture.runAsync(() -> keepAsking(alice, changing, statuses)));
        try {
            SERVER.rotateKeys();
            Caller root = Caller.bearing(SERVER.tokenOf("root"));
            for (int i = 0; i < 10; i++) {
                statuses.add(root.get(path("local", "hello")).statusCode());
            }
        } finally {
            changing.set(false);
            requests.forEach(CompletableFuture::join);
        }

        assertThat(statuses).hasSizeGreaterThan(10).containsOnly(200);
    }

    private static void keepAsking(Caller caller, AtomicBoolean on, ConcurrentLinkedQueue<Integer> statuses) {
        do {
            statuses.add(caller.get(path("local", "hello")).statusCode());
        } while (on.get());
    }

    private static Map<String, String> local() {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("mp.jwt.verify.issuer", SERVER.issuer());
        properties.put("mp.jwt.verify.publickey.location", SERVER.jwksUri());
        properties.put("mp.jwt.verify.audiences", "orders:api");
        properties.put("gatehouse.roles.claims", "realm_access.roles");
        return properties;
    }

    private static Map<String, String> remote(String clientId, String secret) {
        Map<String, String> properties = introspection();
        properties.put("gatehouse.introspection.client-id", clientId);
        properties.put("gatehouse.introspection.client-secret", secret);
        return properties;
    }

    private static Map<String, String> introspection() {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("gatehouse.introspection.endpoint", SERVER.introspectionEndpoint());
        properties.put("gatehouse.introspection.roles.claims", "realm_access.roles");
        properties.put("gatehouse.introspection.cache.lifetime", "1s");
        return properties;
    }

    private static String path(String application, String resource) {
        return '/' + application + "/api/" + resource;
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
    }
}
