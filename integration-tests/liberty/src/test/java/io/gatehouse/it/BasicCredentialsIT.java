package io.gatehouse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.basic.ApplicationStore;
import io.gatehouse.it.basic.HashingStore;
import io.gatehouse.it.basic.WhoServlet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and passwords beside tokens: users of the configuration, of the application, and clients of a server. */
@ExtendWith(ArquillianExtension.class)
class BasicCredentialsIT {

    private static final String BEARER = "Bearer realm=\"gatehouse\"";
    private static final String BASIC = "Basic realm=\"gatehouse\", charset=\"UTF-8\"";

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final TokenEndpoint ENDPOINT = TokenEndpoint.start(
            Map.of("robot", "r/o+b%o t:\u00fc", "j\u00f6rg", "geheim", "UNAUTHENTICATED", "a client of that name"));

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.basic.enabled", "true");
        // Made by Python's hashlib from "wonder:land".
        configuration.put(
                "gatehouse.basic.users.alice.password-hash",
                "PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:LjnTGrpSdnp+zkxg/LrJqCJ3UWxA06mg+6Wr8n2pTdY=");
        configuration.put("gatehouse.basic.users.alice.groups", "user");
        // From the same password, by Python's bcrypt and argon2.
        configuration.put(
                "gatehouse.basic.users.anna.password-hash",
                "$2b$06$abcdefghijklmnopqrstuunDqNso93k0gBNLy29mACiwyOwYHKanm");
        configuration.put("gatehouse.basic.users.anna.groups", "user");
        configuration.put(
                "gatehouse.basic.users.otto.password-hash",
                "$argon2id$v=19$m=1024,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$ABSVtkDDmwUJOnJvqLXOLVOvJn0GJRD1IYGNbfHSdc4");
        configuration.put("gatehouse.basic.users.otto.groups", "user");
        configuration.put("gatehouse.basic.users.dev.password", "open sesame");
        configuration.put("gatehouse.basic.users.dev.groups", "user");
        configuration.put("gatehouse.basic.allow-plain-passwords", "true");
        configuration.put("gatehouse.basic.token-endpoint", ENDPOINT.url());
        configuration.put("gatehouse.basic.client-groups", "machine");
        // Every test calls from the same address.
        configuration.put("gatehouse.basic.failures-per-address", "1000");
        return Demo.war(configuration).addClasses(WhoServlet.class, ApplicationStore.class, HashingStore.class);
    }

    @AfterEach
    void recover() {
        ENDPOINT.recover();
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
        ENDPOINT.close();
    }

    private static Caller basic(String name, String password) {
        String text = name + ":" + password;
        return Caller.saying("Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    private static List<String> challenges(HttpResponse<String> response) {
        return response.headers().allValues("WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, wonder:land, alice user=true machine=false token=null",
        "anna, wonder:land, anna user=true machine=false token=null",
        "otto, wonder:land, otto user=true machine=false token=null",
        "dave, dave's own, dave user=true machine=false token=null",
        "dev, open sesame, dev user=true machine=false token=null",
        "carol, carol's own, carol user=true machine=false token=null",
        "robot, r/o+b%o t:\u00fc, robot user=false machine=true token=null",
        "j\u00f6rg, geheim, j\u00f6rg user=false machine=true token=null"
    })
    void areKnownToOneOfTheStores(String name, String password, String answer) {
        assertThat(basic(name, password).get("/who").body()).isEqualTo(answer);
    }

    @Test
    void opensWhatTheRolesOpen() {
        assertThat(basic("alice", "wonder:land").get("/api/hello").body()).isEqualTo("Hello alice.\n");
        assertThat(basic("alice", "wonder:land").get("/api/me").body()).contains("\"name\":\"alice\"");
        assertThat(basic("alice", "wonder:land").get("/api/admin").statusCode()).isEqualTo(403);
        assertThat(basic("robot", "r/o+b%o t:\u00fc").get("/api/hello").statusCode())
                .isEqualTo(403);
    }

    @Test
    void stayBesideTokens() {
        String token = ISSUER.token().text();
        assertThat(Caller.bearing(token).get("/who").body()).isEqualTo("carol user=true machine=false token=" + token);
    }

    @ParameterizedTest
    @CsvSource({"/who", "/api/hello", "/api/me"})
    void areOfferedBesideTokens(String path) {
        HttpResponse<String> response = Caller.nobody().get(path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenges(response)).containsExactly(BEARER, BASIC);
    }

    @ParameterizedTest
    @CsvSource({
        "/who, alice, wrong",
        "/who, nobody, wonder:land",
        "/who, anna, wonder:lan",
        "/who, otto, wonder:landx",
        "/who, dave, wonder:land",
        "/who, UNAUTHENTICATED, a client of that name",
        "/api/hello, carol, wrong",
        "/api/public, robot, wrong",
        "/api/hello, dev, ''"
    })
    void areRefusedAlikeWhateverIsWrong(String path, String name, String password) {
        HttpResponse<String> response = basic(name, password).get(path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenges(response)).containsExactly(BEARER, BASIC);
        assertThat(response.body()).doesNotContain(name);
    }

    @Test
    void areChallengedBesideABadToken() {
        HttpResponse<String> response = Caller.bearing("rubbish").get("/api/hello");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(challenges(response)).hasSize(2).last().isEqualTo(BASIC);
        assertThat(challenges(response).get(0)).contains("invalid_token");
    }

    @ParameterizedTest
    @CsvSource({"Basic", "Basic !!", "Basic YWI="})
    void areRefusedIfMalformed(String header) {
        assertThat(Caller.saying(header).get("/api/hello").statusCode()).isEqualTo(400);
        assertThat(Caller.saying(header).get("/who").statusCode()).isEqualTo(400);
    }

    @Test
    void areTakenOnceOnly() {
        String token = ISSUER.token().text();
        assertThat(Caller.saying("Basic ZGV2Om9wZW4gc2VzYW1l", "Bearer " + token)
                        .get("/api/hello")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void areNotHeardAfterFiveWrongGuesses() {
        for (int i = 0; i < 5; i++) {
            assertThat(basic("guessed", "wrong" + i).get("/who").statusCode()).isEqualTo(401);
        }
        for (String path : List.of("/who", "/api/hello", "/api/public")) {
            HttpResponse<String> response = basic("guessed", "wrong").get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(429);
            assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);
        }
        assertThat(basic("dev", "open sesame").get("/who").statusCode()).isEqualTo(200);
    }

    @Test
    void areNotJudgedInAnOutage() throws IOException {
        ENDPOINT.fail(500);
        assertUnavailable(basic("robot", "another secret").get("/who"));
        assertUnavailable(basic("robot", "another secret").get("/api/public"));
        assertThat(basic("carol", "carol's own").get("/who").statusCode()).isEqualTo(200);
        assertThat(basic("alice", "wonder:land").get("/who").statusCode()).isEqualTo(200);

        ENDPOINT.recover();
        assertThat(basic("robot", "another secret").get("/who").statusCode()).isEqualTo(401);

        assertUnavailable(basic("broken", "a password of no-one").get("/who"));
        assertUnavailable(basic("broken", "a password of no-one").get("/api/hello"));
        assertThat(Demo.logs()).contains("GATE0204").contains("GATE0601").contains("GATE0008");
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(challenges(response)).isEmpty();
    }

    @Test
    void areAskedAboutOncePerHalfMinute() {
        basic("robot", "r/o+b%o t:\u00fc").get("/who");
        int calls = ENDPOINT.calls();
        for (int i = 0; i < 10; i++) {
            assertThat(basic("robot", "r/o+b%o t:\u00fc").get("/who").statusCode())
                    .isEqualTo(200);
        }
        assertThat(ENDPOINT.calls()).isEqualTo(calls);
    }

    @Test
    void leavePasswordsOutOfTheLogs() throws IOException {
        basic("alice", "wonder:land").get("/who");
        basic("alice", "quite-a-wrong-one").get("/who");
        basic("broken", "a password of no-one").get("/who");

        assertThat(Demo.logs())
                .doesNotContain(
                        "wonder:land",
                        "quite-a-wrong-one",
                        "a password of no-one",
                        "open sesame",
                        "LjnTGrpS",
                        "ABSVtkDD",
                        "nDqNso93");
    }
}
