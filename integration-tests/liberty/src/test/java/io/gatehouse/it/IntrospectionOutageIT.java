package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that failed a few times is left alone: its tokens are unavailable at once, and nobody else notices. */
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class IntrospectionOutageIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));
    private static final ScriptedAuthorizationServer SERVER = ScriptedAuthorizationServer.start(ISSUER.issuer());

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.putAll(SERVER.configuration());
        configuration.put("gatehouse.introspection.failure-threshold", "3");
        configuration.put("gatehouse.introspection.pause", "10m");
        return Demo.war(configuration);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        ISSUER.close();
    }

    private static String token(String script) {
        return script + '~' + UUID.randomUUID();
    }

    private static HttpResponse<String> hello(String token) {
        return Caller.bearing(token).get("/api/hello");
    }

    @Test
    void leavesAFailingServerAlone() {
        String known = token("active");
        assertThat(hello(known).statusCode()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            assertThat(hello(token("status-413")).statusCode()).isEqualTo(503);
        }
        assertThat(hello(token("active")).statusCode())
                .as("callers cannot bring it about")
                .isEqualTo(200);

        for (int i = 0; i < 3; i++) {
            assertThat(hello(token("status-500")).statusCode()).isEqualTo(503);
        }
        for (int i = 0; i < 100; i++) {
            HttpResponse<String> refused = hello(token("stall"));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("600");
        }

        assertThat(SERVER.stalled()).as("it was not asked").isZero();
        assertThat(Caller.nobody().get("/api/public").statusCode()).isEqualTo(200);
        assertThat(hello(ISSUER.token().text()).statusCode()).isEqualTo(200);
        assertThat(hello(known).statusCode()).as("a remembered answer").isEqualTo(200);
    }
}
