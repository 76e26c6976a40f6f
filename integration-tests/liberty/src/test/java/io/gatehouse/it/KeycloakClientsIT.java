package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource calls another one with tokens of Keycloak, and Keycloak is asked about each of them there. */
@Needs(Program.KEYCLOAK)
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class KeycloakClientsIT {

    private static final TestKey KEY = TestKey.generate("shop-key", "ES256");
    private static final Keycloak SERVER = Keycloak.start(KEY.publicJwk());
    private static final String SECRET = "p%40ss+w/ü&=:x";

    @Deployment(name = "orders", testable = false)
    static WebArchive orders() {
        Map<String, String> properties = guard("orders:api");
        properties.put("gatehouse.validation", "both");
        properties.put("gatehouse.introspection.endpoint", SERVER.introspectionEndpoint());
        properties.put("gatehouse.introspection.client-id", "orders:api");
        properties.put("gatehouse.introspection.client-secret", SECRET);
        properties.put("gatehouse.introspection.roles.claims", "realm_access.roles");
        properties.put("gatehouse.introspection.cache.lifetime", "0s");
        return Demo.war("orders", properties);
    }

    @Deployment(name = "shop", testable = false)
    static WebArchive shop() {
        String issuer = SERVER.issuer();
        return OutgoingCalls.guardedBy(guard("shop-exchange"))
                .with("basic", "issuer", issuer, "client-id", "shop-basic", "client-secret", SECRET)
                .with("post", "token-endpoint", SERVER.tokenEndpoint(), "client-id", "shop-post")
                .with("post", "client-secret", SECRET, "client-authentication", "client_secret_post")
                .with("key", "issuer", issuer, "client-id", "shop-by-key")
                .with("key", "private-key.location", OutgoingCalls.KEY, "private-key.id", KEY.id())
                .with("certificate", "token-endpoint", SERVER.tlsTokenEndpoint(), "client-id", "shop-by-certificate")
                .with("certificate", "key-store", Tls.CLIENT.file().toString(), "key-store-password", Tls.PASSWORD)
                .with("wrong", "issuer", issuer, "client-id", "shop-basic", "client-secret", "another")
                .with("refreshing", "issuer", issuer, "client-id", "web", "client-secret", "web")
                .with("refreshing", "grant", "refresh_token")
                .with("refreshing", "refresh-token", SERVER.login("alice").getString("refresh_token"))
                .with("exchange", "issuer", issuer, "client-id", "shop-exchange", "client-secret", "shop-exchange")
                .with("exchange", "grant", "token_exchange", "audience", "orders:api")
                .with("propagation", "grant", "propagation")
                .with("annotated", "issuer", issuer, "client-id", "shop-post", "client-secret", SECRET)
                .shop(KEY);
    }

    private static Map<String, String> guard(String audience) {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("mp.jwt.verify.issuer", SERVER.issuer());
        properties.put("mp.jwt.verify.publickey.location", SERVER.jwksUri());
        properties.put("mp.jwt.verify.audiences", audience);
        properties.put("gatehouse.roles.claims", "realm_access.roles");
        return properties;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** Somebody whose token is for the shop, and not for the orders. */
    private static Caller customer(String name) {
        return Caller.bearing(SERVER.login(name, "portal").getString("access_token"));
    }

    private static HttpResponse<String> call(String client, String resource) {
        return customer("alice").get("/shop/api/shop/" + client + '/' + resource);
    }

    @ParameterizedTest
    @CsvSource({
        "basic, shop-basic",
        "target, shop-basic",
        "annotated, shop-post",
        "post, shop-post",
        "key, shop-by-key",
        "certificate, shop-by-certificate",
    })
    void callsAsItselfWithEachClientAuthentication(String client, String id) {
        assertThat(call(client, "hello").body()).isEqualTo("Hello service-account-" + id + ".\n");
    }

    @Test
    void saysThatAClientWasRejected() {
        HttpResponse<String> response = call("wrong", "hello");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).startsWith("ClientRejected: ").doesNotContain("another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "root"})
    void exchangesTheTokenOfEachCaller(String name) {
        Caller caller = customer(name);

        assertThat(caller.get("/shop/api/shop/propagation/hello").statusCode())
                .as("the caller's own token is for the shop")
                .isEqualTo(401);
        long before = SERVER.tokenRequests();
        for (int i = 0; i < 3; i++) {
            assertThat(caller.get("/shop/api/shop/exchange/hello").body()).isEqualTo("Hello " + name + ".\n");
        }
        assertThat(SERVER.tokenRequests() - before).as("once for all").isEqualTo(1);
    }

    @Test
    void renewsWhatWasRevokedByTheRefreshTokenThatCameLast() {
        Caller alice = customer("alice");
        assertThat(alice.get("/shop/api/shop/refreshing/hello").body()).isEqualTo("Hello alice.\n");
        for (int i = 0; i < 3; i++) { // Keycloak takes each refresh token once
            assertThat(alice.post("/shop/api/shop/refreshing/revocation", "").body())
                    .isEqualTo("Revoked[]");
            long before = SERVER.tokenRequests();

            // Between two refusals of one client's tokens lie seconds in which a further one is the caller's.
            assertThat(alice.getUntil("/shop/api/shop/refreshing/hello", 200).body())
                    .isEqualTo("Hello alice.\n");
            assertThat(SERVER.tokenRequests() - before).isEqualTo(1);
        }
    }

    @Test
    void renewsItsOwnTokenOnceAfterARevocation() {
        Caller alice = customer("alice");
        assertThat(alice.get("/shop/api/shop/basic/hello").statusCode()).isEqualTo(200);
        assertThat(alice.post("/shop/api/shop/basic/revocation", "").body()).isEqualTo("Revoked[]");

        long before = SERVER.tokenRequests();
        assertThat(alice.get("/shop/api/shop/basic/hello").statusCode()).isEqualTo(200);
        assertThat(alice.get("/shop/api/shop/basic/hello").statusCode()).isEqualTo(200);
        assertThat(SERVER.tokenRequests() - before).isEqualTo(1);
    }

    @Test
    void passesOnWhatTheOtherSideForbidsAndRenewsNothing() {
        Caller alice = customer("alice");
        assertThat(alice.get("/shop/api/shop/post/hello").statusCode()).isEqualTo(200);

        long before = SERVER.tokenRequests();
        assertThat(alice.get("/shop/api/shop/post/admin").statusCode()).isEqualTo(403);
        assertThat(SERVER.tokenRequests()).isEqualTo(before);
    }

    @Test
    void letsNobodyUseItsTokensWhoHasNoneOfHisOwn() {
        assertThat(Caller.nobody().get("/shop/api/shop/basic/hello").statusCode())
                .isEqualTo(401);
    }
}
