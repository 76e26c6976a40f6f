package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the server has MicroProfile Metrics and Health, it shows how the gate is doing. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class FiguresIT {

    private static final Path FEATURES =
            Path.of(System.getProperty("liberty.logs")).resolveSibling("configDropins/overrides/figures.xml");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer SERVER = ScriptedAuthorizationServer.start(ISSUER.issuer());

    private static final String DEPLOYMENT = "figures";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(SERVER.configuration());
        configuration.put("gatehouse.introspection.failure-threshold", "3");
        configuration.put("gatehouse.introspection.pause", "10m");
        configuration.put("gatehouse.health", "down");
        return Demo.war(configuration);
    }

    /** The other tests' server has none of both: what they show is that Gatehouse needs neither. */
    @BeforeAll
    static void addFeatures() throws IOException {
        Files.createDirectories(FEATURES.getParent());
        Files.writeString(FEATURES, """
                <server>
                  <featureManager>
                    <feature>mpMetrics-5.1</feature>
                    <feature>mpHealth-4.0</feature>
                  </featureManager>
                  <mpMetrics authentication="false" />
                </server>
                """);
        awaitMessage("CWWKF0012I", "mpMetrics-5.1");
    }

    @AfterAll
    static void removeFeatures() throws IOException {
        SERVER.close();
        ISSUER.close();
        Files.delete(FEATURES);
        awaitMessage("CWWKF0013I", "mpMetrics-5.1");
    }

    /** The server looks for changes now and then. */
    private static void awaitMessage(String... words) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Demo.messages(words).isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        assertThat(Demo.messages(words)).isNotEmpty();
    }

    private static HttpResponse<String> hello(String token) {
        return Caller.bearing(token).get("/api/hello");
    }

    private static List<String> figures(String... words) {
        return Caller.nobody()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> Stream.of(words).allMatch(line::contains))
                .toList();
    }

    private static HttpResponse<String> ready() {
        return Caller.nobody().get("/health/ready");
    }

    /** Deployed between the changes of the server: a change under an application starts it anew. */
    @Test
    @RunAsClient
    void showsFiguresAndReadiness() throws IOException {
        deployer.deploy(DEPLOYMENT);
        try {
            checkFiguresAndReadiness();
        } finally {
            deployer.undeploy(DEPLOYMENT);
        }
    }

    private static void checkFiguresAndReadiness() throws IOException {
        assertThat(ready().body()).contains("\"gatehouse default\"", "\"degraded\":false");
        assertThat(ready().statusCode()).isEqualTo(200);
        assertThat(Demo.messages("GATE0931", "MicroProfile Metrics")).isNotEmpty();

        assertThat(Caller.bearing(ISSUER.token().text())
                        .getUntil("/api/hello", 200)
                        .statusCode())
                .as("the keys may come late")
                .isEqualTo(200);
        assertThat(Caller.nobody().get("/api/hello").statusCode()).isEqualTo(401);
        assertThat(hello("active~" + UUID.randomUUID()).statusCode()).isEqualTo(200);

        assertThat(figures("gatehouse_decisions_total", "code=\"accepted\"", "issuer=\"default\""))
                .singleElement()
                .asString()
                .endsWith(" 2.0");
        assertThat(figures("gatehouse_decisions_total", "code=\"GATE-CREDENTIALS\"", "issuer=\"(none)\""))
                .hasSize(1);
        assertThat(figures("gatehouse_calls_seconds_count", "kind=\"jwks\"", "outcome=\"ok\""))
                .hasSize(1);
        assertThat(figures("gatehouse_calls_seconds_sum", "kind=\"introspection\"", "outcome=\"ok\""))
                .hasSize(1);
        assertThat(figures("gatehouse_jwks_keys{")).singleElement().asString().endsWith(" 1.0");
        assertThat(figures("gatehouse_jwks_age_seconds{")).hasSize(1);
        assertThat(figures("gatehouse_introspection_cache_entries{"))
                .singleElement()
                .asString()
                .endsWith(" 1.0");

        for (int i = 0; i < 3; i++) {
            assertThat(hello("status-500~" + UUID.randomUUID()).statusCode()).isEqualTo(503);
        }
        assertThat(figures("gatehouse_introspection_breaker{"))
                .singleElement()
                .asString()
                .endsWith(" 2.0");
        assertThat(ready().statusCode()).isEqualTo(503);
        assertThat(ready().body()).contains("\"introspection\":\"left alone\"", "\"DOWN\"");
    }
}
