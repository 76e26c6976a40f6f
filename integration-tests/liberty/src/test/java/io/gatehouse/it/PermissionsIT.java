package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.ScriptedPermissionServer.Question;
import io.gatehouse.it.permissions.Contract;
import io.gatehouse.it.permissions.PermissionResource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
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

/** Resources that need a permission which another server knows of: once Authress, once a decision point of AuthZEN. */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class PermissionsIT {

    private static final int MANY = 40;

    /** How many requests may wait for a silent server; the application's machine is this one. */
    private static final int FEW = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedPermissionServer SERVER = ScriptedPermissionServer.start();

    @Deployment(name = "authress", testable = false)
    static WebArchive authress() {
        Map<String, String> configuration = configuration("authress");
        configuration.put("gatehouse.permissions.roles.resource", "apps/orders");
        configuration.put("gatehouse.permissions.roles.lifetime", "0s");
        configuration.put("gatehouse.http.read-timeout", "1s");
        configuration.put("gatehouse.http.total-timeout", "5s");
        return Demo.war("authress", configuration)
                .addClasses(PermissionResource.class, PermissionResource.Below.class, Contract.class);
    }

    @Deployment(name = "authzen", testable = false)
    static WebArchive authZen() {
        Map<String, String> configuration = configuration("authzen");
        configuration.put("gatehouse.http.read-timeout", "1m");
        configuration.put("gatehouse.http.total-timeout", "1m");
        return Demo.war("authzen", configuration)
                .addClasses(PermissionResource.class, PermissionResource.Below.class, Contract.class);
    }

    private static Map<String, String> configuration(String provider) {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.permissions.provider", provider);
        configuration.put("gatehouse.permissions.url", SERVER.url());
        return configuration;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    private static String token(String caller) {
        return ISSUER.token().claim("sub", caller).text();
    }

    private static HttpResponse<String> get(String provider, String caller, String path) {
        return Caller.bearing(token(caller)).get(at(provider, path));
    }

    private static String at(String provider, String path) {
        return "/" + provider + "/api/permissions/" + path;
    }

    /** A failure may still keep the server from being asked: until it is asked again. */
    private static void waitUntilItIsAsked(String provider) {
        assertThat(Caller.bearing(token("carol"))
                        .getUntil(at(provider, "documents/7"), 200)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "authress, carol, documents/7,     200",
        "authress, carol, documents/8,     403",
        "authress, dan,   documents/7,     403",
        "authress, carol, documents/a%20b, 200",
        "authress, carol, open/7,          200",
        "authress, carol, open/8,          403",
        "authress, carol, promised/7,      200",
        "authress, carol, promised/8,      403",
        "authress, carol, below/7,         200",
        "authress, carol, below/8,         403",
        "authress, carol, several/7/7,     200",
        "authress, carol, several/7/8,     403",
        "authress, carol, mistaken/7,      503",
        "authress, carol, clerks,          200",
        "authress, dan,   clerks,          403",
        "authress, dan,   free,            200",
        "authzen,  carol, documents/7,     200",
        "authzen,  carol, documents/8,     403",
        "authzen,  dan,   documents/7,     403",
        "authzen,  carol, documents/a%20b, 200",
        "authzen,  carol, open/7,          200",
        "authzen,  carol, open/8,          403",
        "authzen,  carol, promised/7,      200",
        "authzen,  carol, promised/8,      403",
        "authzen,  carol, below/7,         200",
        "authzen,  carol, below/8,         403",
        "authzen,  carol, several/7/7,     200",
        "authzen,  carol, several/7/8,     403",
        "authzen,  carol, mistaken/7,      503",
        "authzen,  carol, clerks,          403",
        "authzen,  dan,   free,            200"
    })
    void letsThoseInWhoHaveThePermission(String provider, String caller, String path, int status) {
        assertThat(get(provider, caller, path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"authress,open/7", "authress,below/7", "authzen,open/7", "authzen,below/7"})
    void challengesWhoeverIsNobody(String provider, String path) {
        HttpResponse<String> response = Caller.nobody().get(at(provider, path));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "authress, is-401",
        "authress, is-403",
        "authress, is-302",
        "authress, is-400",
        "authress, is-429",
        "authress, is-500",
        "authress, is-503",
        "authress, garbage",
        "authress, huge",
        "authress, redirect",
        "authzen, is-401",
        "authzen, is-403",
        "authzen, is-302",
        "authzen, is-404",
        "authzen, is-429",
        "authzen, is-500",
        "authzen, is-503",
        "authzen, garbage",
        "authzen, huge",
        "authzen, redirect"
    })
    void letsNobodyInWithoutAnAnswer(String provider, String document) {
        waitUntilItIsAsked(provider);
        HttpResponse<String> response = get(provider, "carol", "documents/" + document);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void sendsThePathToAuthressEncodedAndTheCallersOwnToken() throws IOException {
        String token = token("carol");
        assertThat(Caller.bearing(token).get(at("authress", "documents/a%20b")).body())
                .isEqualTo("a b");

        Question question = SERVER.questions().get(SERVER.questions().size() - 1);
        assertThat(question.target()).isEqualTo("/v1/users/carol/resources/documents%2Fa%2520b/permissions/READ");
        assertThat(question.authorization()).isEqualTo("Bearer " + token);
        assertThat(Demo.logs()).doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"authress", "authzen"})
    void decidesForCodeToo(String provider) {
        waitUntilItIsAsked(provider);

        assertThat(get(provider, "carol", "code/7").body()).isEqualTo("allowed");
        assertThat(get(provider, "carol", "code/8").body()).isEqualTo("denied");
        assertThat(get(provider, "carol", "code/is-403").body()).isEqualTo("unavailable");
        assertThat(Caller.nobody().get(at(provider, "code/7")).body()).isEqualTo("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authress", "authzen"})
    void servesAgainAfterAnOutage(String provider) {
        waitUntilItIsAsked(provider);
        SERVER.fail(500);
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> response = get(provider, "carol", "documents/7");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(get(provider, "carol", "free").statusCode())
                .as("roles that cannot be had are no reason to let anybody in")
                .isEqualTo(provider.equals("authress") ? 503 : 200);

        SERVER.fail(0);
        waitUntilItIsAsked(provider);
    }

    @Test
    void doesNotWaitLongForASlowServer() {
        waitUntilItIsAsked("authress");

        assertThat(get("authress", "carol", "documents/stall").statusCode()).isEqualTo(503);
    }

    @Test
    void aSilentServerHoldsUpNobodyWhoWantsNothingOfIt() throws Exception {
        waitUntilItIsAsked("authzen");
        ExecutorService threads = Executors.newCachedThreadPool();
        BlockingQueue<HttpResponse<String>> answers = new LinkedBlockingQueue<>();
        for (int i = 0; i < MANY; i++) {
            threads.submit(() -> answers.add(get("authzen", "carol", "documents/stall")));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(get("authzen", "carol", "free").statusCode()).isEqualTo(200);
        }
        for (int i = 0; i < MANY - FEW; i++) {
            assertThat(answers.take().statusCode()).isEqualTo(503);
        }
        int asked = SERVER.stalled();
        for (int i = 0; i < 20; i++) {
            assertThat(get("authzen", "carol", "documents/7").statusCode()).isEqualTo(503);
        }
        assertThat(SERVER.stalled())
                .as("it is left alone by those who come later")
                .isEqualTo(asked);

        SERVER.endSilence();
        waitUntilItIsAsked("authzen");
        threads.shutdownNow();
    }
}
