package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs are verified here and opaque tokens introspected, at a server that does as the token's text says. */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class IntrospectionIT {

    /** Part of every token, and to be found in no log. */
    private static final String MARK = "~t0k3n-";

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer SERVER = ScriptedAuthorizationServer.start(ISSUER.issuer());

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(SERVER.configuration());
        configuration.put("gatehouse.http.read-timeout", "15s");
        configuration.put("gatehouse.http.total-timeout", "15s");
        configuration.put("gatehouse.introspection.cache.lifetime", "10m");
        configuration.put("gatehouse.introspection.cache.dead-lifetime", "10m");
        // Each failure is looked at by itself: the server is never left alone.
        configuration.put("gatehouse.introspection.failure-threshold", "1000000");
        return Demo.war(configuration);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static String token(String script) {
        return script + MARK + UUID.randomUUID();
    }

    private static HttpResponse<String> hello(String token) {
        return Caller.bearing(token).get("/api/hello");
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(response.body()).doesNotContain("dora", "introspect", "Exception");
    }

    private <T> List<Future<T>> all(int count, Callable<T> call) {
        return IntStream.range(0, count).mapToObj(i -> threads.submit(call)).toList();
    }

    @Test
    void takesAnOpaqueTokenForACaller() {
        String token = token("active");

        assertThat(hello(token).body()).isEqualTo("Hello dora.\n");
        assertThat(Caller.bearing(token).get("/api/me").body()).contains("\"name\":\"dora\"", ISSUER.issuer());
        assertThat(Caller.bearing(token).get("/api/admin").statusCode()).isEqualTo(403);
        assertThat(Caller.bearing(token).get("/api/denied").statusCode()).isEqualTo(403);
        assertThat(SERVER.questionsAbout(token)).isEqualTo(1);
        assertThat(SERVER.unproven()).isZero();
    }

    @Test
    void verifiesAJwtOfTheIssuerWithoutAsking() {
        String jwt = ISSUER.token().text();

        assertThat(hello(jwt).body()).isEqualTo("Hello carol.\n");
        assertThat(SERVER.questionsAbout(jwt)).isZero();
    }

    @Test
    void asksAboutAJwtOfAnotherIssuerAndBelievesNothingOfIt() {
        String jwt = ISSUER.token().claim("iss", "https://evil.example").text();

        assertThat(hello(jwt).statusCode()).isEqualTo(401);
        assertThat(SERVER.questionsAbout(jwt)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "inactive,the token is not active",
        "active-bound,the token is of a type that is not accepted here",
        "active-elsewhere,the issuer of the token is not trusted",
        "active-expired,the token has expired"
    })
    void refusesADeadOrUnfitToken(String script, String description) {
        for (String path : List.of("/api/hello", "/api/public")) {
            HttpResponse<String> response = Caller.bearing(token(script)).get(path);

            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"gatehouse\", error=\"invalid_token\", error_description=\"" + description
                            + "\"");
        }
    }

    @Test
    void refusesALiveTokenWithoutTheRole() {
        assertThat(hello(token("active-without-roles")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status-201",
                "status-302",
                "status-400",
                "status-401",
                "status-403",
                "status-404",
                "status-413",
                "status-429",
                "status-500",
                "status-503",
                "active-text",
                "array",
                "empty",
                "html",
                "redirect",
                "truncated",
                "huge",
                "trickle",
                "stall"
            })
    void blamesNoCallerForWhatTheServerDoes(String script) {
        assertUnavailable(hello(token(script)));
        assertThat(SERVER.redirected()).isZero();

        assertThat(hello(token("active")).statusCode()).as("the next one").isEqualTo(200);
    }

    @Test
    void asksOnceForFiveHundredRequestsAtOnce() throws Exception {
        String token = token("active-later");

        for (Future<HttpResponse<String>> answer : all(500, () -> hello(token))) {
            assertThat(answer.get().body()).isEqualTo("Hello dora.\n");
        }
        assertThat(SERVER.questionsAbout(token)).isEqualTo(1);
    }

    @Test
    void asksOnceAboutEachDeadTokenOfAFlood() throws Exception {
        String live = token("active");
        hello(live);
        List<String> dead =
                IntStream.range(0, 100).mapToObj(i -> token("inactive")).toList();
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        ExecutorService flood = Executors.newFixedThreadPool(32);
        for (int i = 0; i < 3000; i++) {
            String token = dead.get(i % dead.size());
            answers.add(flood.submit(() -> hello(token)));
        }
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(401);
        }
        flood.shutdown();

        assertThat(dead)
                .allSatisfy(token -> assertThat(SERVER.questionsAbout(token)).isEqualTo(1));
        assertThat(hello(live).statusCode()).isEqualTo(200);
        assertThat(SERVER.questionsAbout(live)).isEqualTo(1);
    }

    @Test
    void keepsAStalledServerAwayFromEverybodyElse() throws Exception {
        String known = token("active");
        String jwt = ISSUER.token().text();
        assertThat(hello(known).statusCode()).isEqualTo(200);
        assertThat(hello(jwt).statusCode()).isEqualTo(200);

        int before = SERVER.stalled();
        // Few enough to wait for a silent server: each of them keeps a thread until its time is over.
        List<Future<HttpResponse<String>>> stalled = all(2, () -> hello(token("stall")));
        // Sooner than the gate gives a silent server up.
        SERVER.awaitStalled(before + stalled.size(), Duration.ofSeconds(10));

        assertThat(Caller.nobody().get("/api/public").statusCode()).isEqualTo(200);
        assertThat(hello(jwt).statusCode()).isEqualTo(200);
        assertThat(hello(known).statusCode()).as("a remembered answer").isEqualTo(200);
        assertThat(stalled).as("all that while").noneMatch(Future::isDone);

        for (Future<HttpResponse<String>> answer : stalled) {
            assertUnavailable(answer.get());
        }
        assertThat(hello(token("active")).statusCode()).as("afterwards").isEqualTo(200);
    }

    @Test
    void keepsTokensAndSecretsOutOfTheLogs() throws IOException {
        List<String> scripts =
                List.of("active", "inactive", "status-401", "status-413", "status-500", "html", "truncated");
        scripts.forEach(script -> hello(token(script)));

        assertThat(Demo.logs())
                .contains("GATE0301", "GATE0303")
                .doesNotContain(MARK, ScriptedAuthorizationServer.OWN_TOKEN);
    }
}
