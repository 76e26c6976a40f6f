package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.permissions.Contract;
import io.gatehouse.it.permissions.PermissionResource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the server has MicroProfile Telemetry, figures and spans arrive at a collector of OpenTelemetry. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class TelemetryIT {

    private static final Path SERVER =
            Path.of(System.getProperty("liberty.logs")).resolveSibling("");
    private static final Path FEATURES = SERVER.resolve("configDropins/overrides/telemetry.xml");
    private static final Path WAR = SERVER.resolve("apps/measured.war");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer INTROSPECTION = ScriptedAuthorizationServer.start(ISSUER.issuer());
    private static final ScriptedTokenEndpoint TOKENS =
            ScriptedTokenEndpoint.start(() -> ISSUER.token().text());
    private static final ScriptedPermissionServer PERMISSIONS = ScriptedPermissionServer.start();
    private static final OtlpReceiver COLLECTOR = OtlpReceiver.start();

    /** The API is third-party API on this server: an application has to say that it wants to see it. */
    @BeforeAll
    static void deploy() throws IOException {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(INTROSPECTION.configuration());
        configuration.putAll(COLLECTOR.configuration());
        configuration.put("gatehouse.permissions.provider", "authzen");
        configuration.put("gatehouse.permissions.url", PERMISSIONS.url());
        configuration.put("gatehouse.clients.errand.grant", "client_credentials");
        configuration.put("gatehouse.clients.errand.token-endpoint", TOKENS.url());
        configuration.put("gatehouse.clients.errand.client-id", "shop");
        configuration.put("gatehouse.clients.errand.client-secret", "s3cret-of-shop");
        configuration.put("gatehouse.clients.errand.targets", Demo.at("").toString());
        Files.createDirectories(WAR.getParent());
        Demo.war("measured", configuration)
                .addClasses(PermissionResource.class, PermissionResource.Below.class, Contract.class)
                .as(ZipExporter.class)
                .exportTo(WAR.toFile(), true);
        Files.createDirectories(FEATURES.getParent());
        Files.writeString(FEATURES, """
                <server>
                  <featureManager>
                    <feature>mpTelemetry-2.0</feature>
                  </featureManager>
                  <webApplication id="measured" location="measured.war" contextRoot="/measured">
                    <classloader apiTypeVisibility="+third-party" />
                  </webApplication>
                </server>
                """);
        await("the application to start", () -> !Demo.messages("CWWKZ000", "measured")
                .isEmpty());
    }

    @AfterAll
    static void undeploy() throws IOException {
        Files.delete(FEATURES);
        await("the server to be as before", () -> !Demo.messages("CWWKF0013I", "mpTelemetry-2.0")
                .isEmpty());
        Files.delete(WAR);
        COLLECTOR.close();
        TOKENS.close();
        PERMISSIONS.close();
        INTROSPECTION.close();
        ISSUER.close();
    }

    /** The server looks for changes, and the application tells what it measured, now and then. */
    private static void await(String what, Callable<Boolean> isThere) {
        Instant end = Instant.now().plus(PATIENCE);
        try {
            while (!isThere.call() && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            assertThat(isThere.call()).as(what).isTrue();
        } catch (Exception failure) {
            throw new AssertionError(what, failure);
        }
    }

    private static void awaitFigure(String name, double value, String... labels) {
        Map<String, String> attributes = new HashMap<>(Map.of("issuer", "default"));
        for (int i = 0; i < labels.length; i += 2) {
            attributes.put(labels[i], labels[i + 1]);
        }
        await(
                name + attributes + " = " + value,
                () -> COLLECTOR.figure(name, attributes).orElse(-1) == value);
    }

    private static int hello(Caller caller) {
        return caller.get("/measured/api/hello").statusCode();
    }

    /** Somebody whose own trace goes on here (W3C Trace Context). */
    private static int helloWithin(String trace, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(Demo.at("/measured/api/hello"))
                .header("Authorization", "Bearer " + token)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    @Order(1)
    void figuresAndSpansArrive() throws IOException {
        assertThat(Demo.messages("GATE0931", "OpenTelemetry")).isNotEmpty();
        String signed = ISSUER.token().text();
        assertThat(Caller.bearing(signed).getUntil("/measured/api/hello", 200).statusCode())
                .isEqualTo(200);
        assertThat(hello(Caller.bearing(signed))).isEqualTo(200);
        assertThat(hello(Caller.bearing("active~" + UUID.randomUUID()))).isEqualTo(200);
        assertThat(hello(Caller.bearing("inactive~" + UUID.randomUUID()))).isEqualTo(401);
        assertThat(hello(Caller.nobody())).isEqualTo(401);

        awaitFigure("gatehouse.decisions", 3, "code", "accepted");
        awaitFigure("gatehouse.decisions", 1, "code", "GATE-NOT-ACTIVE");
        awaitFigure("gatehouse.decisions", 1, "code", "GATE-CREDENTIALS", "issuer", "(none)");
        awaitFigure("gatehouse.validations", 1, "path", "warm");
        awaitFigure("gatehouse.calls", 1, "kind", "jwks", "outcome", "ok");
        awaitFigure("gatehouse.calls", 2, "kind", "introspection", "outcome", "ok");
        awaitFigure("gatehouse.jwks.keys", 1);
        awaitFigure("gatehouse.introspection.cache.entries", 2);

        await(
                "spans",
                () -> COLLECTOR.spans("gatehouse introspection").size() == 2
                        && COLLECTOR.spans("gatehouse jwks").size() == 1);
        assertThat(COLLECTOR.spans("gatehouse introspection")).allSatisfy(span -> {
            assertThat(span.kind()).isEqualTo(OtlpReceiver.Span.CLIENT);
            assertThat(span.attributes()).isEqualTo(Map.of("gatehouse.issuer", "default", "gatehouse.outcome", "ok"));
        });
    }

    /** The gate stands before whatever begins the span of a request on this server. */
    @Test
    @Order(2)
    void aCallThatARequestWaitsForIsPartOfTheTraceThatItBrings() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        assertThat(helloWithin(trace, "active~" + UUID.randomUUID())).isEqualTo(200);

        await("the span of the call", () -> introspectionWithin(trace).isPresent());
        OtlpReceiver.Span call = introspectionWithin(trace).orElseThrow();
        assertThat(call.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(INTROSPECTION.traces())
                .anyMatch(traceparent -> traceparent.startsWith("00-" + trace + "-" + call.id() + "-"));
    }

    private static Optional<OtlpReceiver.Span> introspectionWithin(String trace) {
        return COLLECTOR.spans("gatehouse introspection").stream()
                .filter(span -> span.trace().equals(trace))
                .findFirst();
    }

    @Test
    @Order(3)
    void callsOfAClientArePartOfTheRequestThatTheyAreMadeFor() throws Exception {
        Caller.bearing(ISSUER.token().text()).get("/measured/api/errand");

        await("the span", () -> COLLECTOR.spans("gatehouse token").size() == 1);
        OtlpReceiver.Span call = COLLECTOR.spans("gatehouse token").get(0);
        assertThat(call.attributes()).isEqualTo(Map.of("gatehouse.client", "errand", "gatehouse.outcome", "ok"));
        await("the span of the request", () -> COLLECTOR.spans("GET /measured/api/errand").stream()
                .anyMatch(request -> request.id().equals(call.parent())));
        await(
                "the figure",
                () -> COLLECTOR
                                .figure(
                                        "gatehouse.client.calls",
                                        Map.of("client", "errand", "kind", "token", "outcome", "ok"))
                                .orElse(0)
                        == 1);
    }

    @Test
    @Order(4)
    void aQuestionAboutAPermissionIsPartOfTheRequestThatItIsAbout() throws Exception {
        String carol = ISSUER.token().claim("sub", "carol").text();
        assertThat(Caller.bearing(carol)
                        .get("/measured/api/permissions/documents/7")
                        .statusCode())
                .isEqualTo(200);

        await("the span", () -> COLLECTOR.spans("gatehouse permission").size() == 1);
        OtlpReceiver.Span call = COLLECTOR.spans("gatehouse permission").get(0);
        assertThat(call.attributes()).isEqualTo(Map.of("gatehouse.client", "(permissions)", "gatehouse.outcome", "ok"));
        assertThat(PERMISSIONS.traces())
                .singleElement()
                .asString()
                .startsWith("00-" + call.trace() + "-" + call.id() + "-");
        await("the span of the request", () -> COLLECTOR.spans("GET /measured/api/permissions/documents/{id}").stream()
                .anyMatch(request -> request.id().equals(call.parent())));
    }
}
