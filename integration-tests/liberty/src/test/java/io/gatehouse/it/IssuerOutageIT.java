package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The issuer is out of reach: a good token stays good, and nobody waits for long. */
@ExtendWith(ArquillianExtension.class)
class IssuerOutageIT {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "ES256"));

    @Deployment(testable = false)
    static WebArchive demo() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.jwks.cooldown", "1s");
        configuration.put("gatehouse.http.connect-timeout", "1s");
        configuration.put("gatehouse.http.read-timeout", "1s");
        configuration.put("gatehouse.http.total-timeout", "2s");
        return Demo.war(configuration);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void answersUnavailableUntilTheKeysWereSeenOnce() {
        Caller carol = Caller.bearing(ISSUER.token().text());

        ISSUER.stall();
        Instant start = Instant.now();
        assertUnavailable(carol.get("/api/hello"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
        assertThat(Caller.nobody().get("/api/public").statusCode()).isEqualTo(200);

        ISSUER.fail(500);
        assertUnavailable(carol.get("/api/hello"));

        ISSUER.recover();
        awaitStatus(carol, 200);

        ISSUER.fail(500);
        assertThat(carol.get("/api/hello").statusCode()).isEqualTo(200);
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    private static void awaitStatus(Caller caller, int status) {
        Instant end = Instant.now().plus(BOUND);
        while (caller.get("/api/hello").statusCode() != status) {
            assertThat(Instant.now()).isBefore(end);
        }
    }
}
