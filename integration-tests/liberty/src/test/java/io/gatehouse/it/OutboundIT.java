package io.gatehouse.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.outbound.RelayResource;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A resource that calls another protected one, as the clients of its configuration. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutboundIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedTokenEndpoint ENDPOINT = ScriptedTokenEndpoint.start(
            () -> ISSUER.token().claim("sub", "shop").text());
    private static final TestKey OWN_KEY = TestKey.generate("own", "ES256");

    private static final String HELLO = Demo.at("/api/hello").toString();

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        String origin = Demo.at("/").toString().replaceFirst("/$", "");
        configuration.put("gatehouse.clients.orders.token-endpoint", ENDPOINT.url());
        configuration.put("gatehouse.clients.orders.client-id", "shop");
        configuration.put("gatehouse.clients.orders.client-secret", "s3cret-of-shop");
        configuration.put("gatehouse.clients.orders.scopes", "user");
        configuration.put("gatehouse.clients.orders.targets", origin);
        configuration.put("gatehouse.clients.caller.grant", "propagation");
        configuration.put("gatehouse.clients.caller.targets", origin);
        configuration.put("gatehouse.clients.signed.token-endpoint", ENDPOINT.url());
        configuration.put("gatehouse.clients.signed.client-id", "signer");
        configuration.put("gatehouse.clients.signed.private-key.location", "classpath:own.pem");
        configuration.put("gatehouse.clients.signed.targets", origin);
        configuration.put("gatehouse.jwks.path", "/api/jwks");
        return Demo.war(configuration)
                .addClasses(RelayResource.class)
                .addAsResource(new StringAsset(pem(OWN_KEY)), "own.pem");
    }

    private static String pem(TestKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.pair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @BeforeEach
    void forget() {
        ENDPOINT.requests().clear();
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
        ENDPOINT.close();
    }

    private static String to(String path, String target) {
        return path + "?to=" + URLEncoder.encode(target, UTF_8);
    }

    @Test
    @Order(1)
    void takesANewTokenWhereTheTargetRefusesTheFirst() {
        ENDPOINT.give(ISSUER.token().claim("aud", "somebody else").text());

        assertThat(Caller.nobody().get(to("/api/relay/own", HELLO)).body()).isEqualTo("200 Hello shop.\n");
        assertThat(ENDPOINT.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.form()).isEqualTo(Map.of("grant_type", "client_credentials", "scope", "user"));
            assertThat(request.authorization())
                    .isEqualTo("Basic " + Base64.getEncoder().encodeToString("shop:s3cret-of-shop".getBytes(US_ASCII)));
        });
    }

    @Test
    @Order(2)
    void keepsTheToken() {
        assertThat(Caller.nobody().get(to("/api/relay/own", HELLO)).body()).isEqualTo("200 Hello shop.\n");
        assertThat(ENDPOINT.requests()).isEmpty();
    }

    @Test
    void takesTheTokenToTheTargetsOnly() {
        String elsewhere = HELLO.replace("localhost", "127.0.0.1");

        assertThat(Caller.nobody().get(to("/api/relay/own", elsewhere)).body()).startsWith("401 ");
    }

    @Test
    void passesTheCallersTokenOnWhereConfigured() {
        Caller carol = Caller.bearing(ISSUER.token().text());

        assertThat(carol.get(to("/api/relay/callers", HELLO)).body()).isEqualTo("200 Hello carol.\n");
        assertThat(ENDPOINT.requests()).isEmpty();
    }

    @Test
    void publishesTheKeyThatItSignsWith() throws Exception {
        assertThat(Caller.nobody().get("/api/relay/signed").body()).isEqualTo("granted");
        String assertion = ENDPOINT.requests().get(0).form().get("client_assertion");

        HttpResponse<String> published = Caller.nobody().get("/api/jwks");
        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(published.headers().firstValue("Cache-Control")).contains("public, max-age=300");
        assertThat(published.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject jwk = Json.createReader(new StringReader(published.body()))
                .readObject()
                .getJsonArray("keys")
                .getJsonObject(0);
        assertThat(jwk.keySet()).containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "use", "alg");
        assertThat(verifies(assertion, jwk)).isTrue();
        assertThat(header(assertion).getString("kid")).isEqualTo(jwk.getString("kid"));
    }

    private static JsonObject header(String jwt) {
        byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.")[0]);
        return Json.createReader(new StringReader(new String(json, UTF_8))).readObject();
    }

    private static boolean verifies(String jwt, JsonObject jwk) throws Exception {
        AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
        p256.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, p256.getParameterSpec(ECParameterSpec.class)));
        int end = jwt.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key);
        signature.update(jwt.substring(0, end).getBytes(US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(end + 1)));
    }

    private static BigInteger number(JsonObject jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(member)));
    }

    @Test
    void tellsTheLogNoSecret() throws Exception {
        Caller.nobody().get(to("/api/relay/own", HELLO));

        assertThat(Demo.logs()).contains("GATE0447").doesNotContain("s3cret-of-shop");
    }
}
