package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An authorization server that takes questions and answers none, for as long as this test runs. Its own timeouts would
 * come much later than anything that is expected here.
 */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class IntrospectionStallIT {

    private static final int MANY = 40;

    /** How many requests may wait for a silent server; the application's machine is this one. */
    private static final int FEW = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer SERVER = ScriptedAuthorizationServer.start(ISSUER.issuer());

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(SERVER.configuration());
        configuration.put("gatehouse.http.read-timeout", "1m");
        configuration.put("gatehouse.http.total-timeout", "1m");
        configuration.put("gatehouse.introspection.pause", "10m");
        return Demo.war(configuration);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    private static HttpResponse<String> hello(String token) {
        return Caller.bearing(token).get("/api/hello");
    }

    private static String token(String script) {
        return script + '~' + UUID.randomUUID();
    }

    @Test
    void holdsUpNobodyElse() throws Exception {
        String known = token("active");
        String jwt = ISSUER.token().text();
        assertThat(hello(known).statusCode()).isEqualTo(200);
        assertThat(hello(jwt).statusCode()).isEqualTo(200);

        BlockingQueue<HttpResponse<String>> answers = new LinkedBlockingQueue<>();
        String popular = token("stall");
        for (int i = 0; i < MANY; i++) {
            String token = i % 2 == 0 ? popular : token("stall");
            threads.submit(() -> answers.add(hello(token)));
        }
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(Caller.nobody().get("/api/public").statusCode());
            others.add(hello(jwt).statusCode());
            others.add(hello(known).statusCode());
        }

        assertThat(others).as("who wants nothing of the silent server").containsOnly(200);
        for (int i = 0; i < MANY - FEW; i++) {
            HttpResponse<String> answer = answers.take();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        int asked = SERVER.stalled();
        for (int i = 0; i < 100; i++) {
            assertThat(hello(token("stall")).statusCode()).isEqualTo(503);
        }
        assertThat(SERVER.stalled())
                .as("it is not asked by those who come later")
                .isEqualTo(asked);
    }
}
