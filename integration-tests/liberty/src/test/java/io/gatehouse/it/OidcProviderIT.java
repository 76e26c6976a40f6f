package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.outgoing.ConfiguredOrders;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A resource calls another one with opaque tokens of oidc-provider, which is asked about each of them there. */
@Needs(Program.OIDC_PROVIDER)
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class OidcProviderIT {

    private static final TestKey KEY = TestKey.generate("shop-key", "ES256");
    private static final String SECRET = "p%40ss+w/&=:x-of-some-length";
    private static final OidcProvider SERVER = OidcProvider.start(clients());

    private static JsonArray clients() {
        JsonObjectBuilder byKey = client("key", "private_key_jwt", "client_credentials")
                .add("token_endpoint_auth_signing_alg", "ES256")
                .add(
                        "jwks",
                        Json.createObjectBuilder()
                                .add("keys", Json.createArrayBuilder().add(KEY.publicJwk())));
        JsonObjectBuilder byCertificate = client("certificate", "tls_client_auth", "client_credentials")
                .add("tls_client_auth_subject_dn", "CN=elsewhere.example");
        JsonObjectBuilder web = withSecret("web", "client_secret_basic", "authorization_code", "refresh_token")
                .add("redirect_uris", Json.createArrayBuilder().add("https://shop.example/callback"))
                .add("response_types", Json.createArrayBuilder().add("code"))
                .add("scope", "openid offline_access user");
        return Json.createArrayBuilder()
                .add(withSecret("orders", "client_secret_basic"))
                .add(withSecret("basic", "client_secret_basic", "client_credentials"))
                .add(withSecret("annotated", "client_secret_basic", "client_credentials"))
                .add(withSecret("configured", "client_secret_basic", "client_credentials"))
                .add(withSecret("post", "client_secret_post", "client_credentials"))
                .add(withSecret("exchange", "client_secret_basic", "urn:ietf:params:oauth:grant-type:token-exchange"))
                .add(byKey)
                .add(byCertificate)
                .add(web)
                .build();
    }

    private static JsonObjectBuilder withSecret(String id, String authentication, String... grants) {
        return client(id, authentication, grants).add("client_secret", SECRET);
    }

    private static JsonObjectBuilder client(String id, String authentication, String... grants) {
        JsonArrayBuilder types = Json.createArrayBuilder();
        for (String grant : grants) {
            types.add(grant);
        }
        return Json.createObjectBuilder()
                .add("client_id", id)
                .add("token_endpoint_auth_method", authentication)
                .add("grant_types", types)
                .add("redirect_uris", JsonArray.EMPTY_JSON_ARRAY)
                .add("response_types", JsonArray.EMPTY_JSON_ARRAY)
                .add("scope", "user admin");
    }

    @Deployment(name = "orders", testable = false)
    static WebArchive orders() {
        return Demo.war("orders", guard());
    }

    @Deployment(name = "shop", testable = false)
    static WebArchive shop() {
        String issuer = SERVER.issuer();
        return OutgoingCalls.guardedBy(guard())
                .with("basic", "issuer", issuer, "client-id", "basic", "client-secret", SECRET, "scopes", "user")
                .with("post", "issuer", issuer, "client-id", "post", "client-secret", SECRET, "scopes", "user")
                .with("post", "client-authentication", "client_secret_post")
                .with("key", "issuer", issuer, "client-id", "key", "scopes", "user")
                .with("key", "private-key.location", OutgoingCalls.KEY, "private-key.id", KEY.id())
                .with("certificate", "token-endpoint", SERVER.tlsTokenEndpoint(), "client-id", "certificate")
                .with("certificate", "key-store", Tls.CLIENT.file().toString(), "key-store-password", Tls.PASSWORD)
                .with("certificate", "scopes", "user")
                .with("annotated", "issuer", issuer, "client-id", "annotated", "client-secret", SECRET)
                .with("annotated", "scopes", "user")
                .with("configured", "issuer", issuer, "client-id", "configured", "client-secret", SECRET)
                .with("configured", "scopes", "user", "rest-clients", ConfiguredOrders.class.getName())
                .with("forbidden", "issuer", issuer, "client-id", "basic", "client-secret", SECRET, "scopes", "openid")
                .with("refreshing", "issuer", issuer, "client-id", "web", "client-secret", SECRET)
                .with("refreshing", "grant", "refresh_token", "refresh-token", SERVER.refreshToken())
                .with("exchange", "issuer", issuer, "client-id", "exchange", "client-secret", SECRET)
                .with("exchange", "grant", "token_exchange")
                .with("propagation", "grant", "propagation")
                .shop(KEY);
    }

    private static Map<String, String> guard() {
        Map<String, String> properties = new HashMap<>(Demo.CLOSED_ISSUER);
        properties.put("gatehouse.introspection.endpoint", SERVER.introspectionEndpoint());
        properties.put("gatehouse.introspection.client-id", "orders");
        properties.put("gatehouse.introspection.client-secret", SECRET);
        properties.put("gatehouse.introspection.roles.claims", "scope");
        properties.put("gatehouse.introspection.cache.lifetime", "0s");
        return properties;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static HttpResponse<String> call(String client, String resource) {
        return Caller.bearing(SERVER.accessToken()).get("/shop/api/shop/" + client + '/' + resource);
    }

    private static String revoke(String client) {
        return Caller.bearing(SERVER.accessToken())
                .post("/shop/api/shop/" + client + "/revocation", "")
                .body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "post", "key", "certificate"})
    void callsAsItselfWithEachClientAuthentication(String client) {
        assertThat(call(client, "hello").body()).isEqualTo("Hello " + client + ".\n");
        assertThat(call(client, "admin").statusCode()).isEqualTo(403);
    }

    @Test
    void saysThatAGrantWasRejected() {
        HttpResponse<String> response = call("forbidden", "hello");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).startsWith("GrantRejected: ").contains("invalid_scope");
    }

    @Test
    void exchangesTheCallersToken() {
        assertThat(call("propagation", "hello").body()).isEqualTo("Hello alice.\n");
        assertThat(call("propagation", "admin").statusCode()).isEqualTo(403);
        assertThat(call("exchange", "admin").body()).isEqualTo("At your service, alice.\n");
    }

    /** The server takes each refresh token once, and takes all of them away after a second use. */
    @Test
    void renewsWhatWasRevokedByTheRefreshTokenThatCameLast() {
        assertThat(call("refreshing", "hello").body()).isEqualTo("Hello alice.\n");
        for (int i = 0; i < 3; i++) {
            assertThat(revoke("refreshing")).isEqualTo("Revoked[]");

            assertThat(callUntilRenewed("refreshing")).isEqualTo("Hello alice.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "annotated", "configured"})
    void renewsItsOwnTokenAfterARevocation(String client) {
        assertThat(call(client, "hello").body()).isEqualTo("Hello " + client + ".\n");
        assertThat(revoke(client)).isEqualTo("Revoked[]");
        assertThat(callUntilRenewed(client)).isEqualTo("Hello " + client + ".\n");
    }

    /** Between two refusals of one client's tokens lie seconds in which a further one is the caller's. */
    private static String callUntilRenewed(String client) {
        return Caller.bearing(SERVER.accessToken())
                .getUntil("/shop/api/shop/" + client + "/hello", 200)
                .body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "configured"})
    void leavesToTheRestClientWhatItMakesOfOtherAnswers(String client) {
        assertThat(call(client, "admin").statusCode()).isEqualTo(403);
    }
}
