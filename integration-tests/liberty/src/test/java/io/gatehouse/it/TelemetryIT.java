package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the server has MicroProfile Telemetry, figures and spans arrive at a collector of OpenTelemetry. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class TelemetryIT {

    private static final Path SERVER =
            Path.of(System.getProperty("liberty.logs")).resolveSibling("");
    private static final Path FEATURES = SERVER.resolve("configDropins/overrides/telemetry.xml");
    private static final Path WAR = SERVER.resolve("apps/measured.war");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer INTROSPECTION = ScriptedAuthorizationServer.start(ISSUER.issuer());
    private static final OtlpReceiver COLLECTOR = OtlpReceiver.start();

    /** The API is third-party API on this server: an application has to say that it wants to see it. */
    @BeforeAll
    static void deploy() throws IOException {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(INTROSPECTION.configuration());
        configuration.putAll(COLLECTOR.configuration());
        Files.createDirectories(WAR.getParent());
        Demo.war("measured", configuration).as(ZipExporter.class).exportTo(WAR.toFile(), true);
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

    @Test
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
}
