package io.gatehouse.introspection;

import static io.gatehouse.introspection.ScriptedEndpoint.outage;
import static io.gatehouse.introspection.ScriptedEndpoint.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.introspection.IntrospectionResponse.ClientRejected;
import io.gatehouse.introspection.IntrospectionResponse.RequestRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said about the issuer, and how often. */
@Timeout(60)
class TokenIntrospectorLogTest extends TokenIntrospectorFixture {

    @Test
    void saysOnceThatTheServerFailsAndOnceThatItWorksAgain() {
        TokenIntrospector introspector = introspector(PATIENT);
        introspector.introspect(TOKEN);
        for (int round = 0; round < 2; round++) {
            endpoint.answers(outage());
            introspector.introspect(TOKEN);
            endpoint.answers(status(500));
            introspector.introspect(TOKEN);
            endpoint.answers("{\"active\":true}");
            introspector.introspect(TOKEN);
            introspector.introspect(TOKEN);
        }

        assertThat(log.messages(Level.WARNING)).hasSize(2).allSatisfy(message -> assertThat(message)
                .isEqualTo("GATE0301 introspection at https://issuer.example/introspect fails: connect timeout;"
                        + " callers get 503. If it cannot work, look at gatehouse.introspection.endpoint"));
        assertThat(log.messages(Level.INFO)).hasSize(2).allSatisfy(message -> assertThat(message)
                .isEqualTo("GATE0302 introspection at https://issuer.example/introspect works again"));
    }

    @Test
    void saysOnceWhatManySee() throws Exception {
        TokenIntrospector introspector = introspector(PATIENT);
        CyclicBarrier together = new CyclicBarrier(64);
        endpoint.does(() -> {
            try {
                together.await();
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
            return outage();
        });
        ExecutorService threads = Executors.newFixedThreadPool(64);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            calls.add(threads.submit(() -> introspector.introspect(TOKEN)));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        threads.shutdownNow();

        assertThat(log.messages(Level.WARNING)).hasSize(1);
    }

    @Test
    void remindsOnceAMinuteThatWeAreRejected() {
        TokenIntrospector introspector = introspector(PATIENT);
        endpoint.answers(status(401));
        for (int second = 0; second < 120; second++) {
            assertThat(introspector.introspect(TOKEN)).isEqualTo(new ClientRejected(401));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(log.messages(Level.SEVERE)).hasSize(2).allSatisfy(message -> assertThat(message)
                .contains("GATE0303", "https://issuer.example/introspect", "our own credentials", "401"));
        assertThat(log.messages(Level.WARNING)).isEmpty();

        introspector.introspect(TOKEN);
        assertThat(log.messages(Level.SEVERE)).hasSize(3);
    }

    @Test
    void saysOnceThatWeAreTakenAgain() {
        TokenIntrospector introspector = introspector(PATIENT);
        endpoint.answers(status(401));
        introspector.introspect(TOKEN);
        endpoint.answers(status(413));
        introspector.introspect(TOKEN);
        endpoint.answers(status(500));
        introspector.introspect(TOKEN);
        assertThat(log.messages(Level.INFO)).isEmpty();

        endpoint.answers("{\"active\":true}");
        introspector.introspect(TOKEN);
        introspector.introspect(TOKEN);
        assertThat(log.messages(Level.INFO))
                .containsExactly(
                        "GATE0302 introspection at https://issuer.example/introspect works again",
                        "GATE0307 the introspection endpoint https://issuer.example/introspect takes our own"
                                + " credentials again");
    }

    @Test
    void isNotFloodedByRequestsThatTheServerRefuses() {
        TokenIntrospector introspector = introspector(PATIENT);
        for (int second = 0; second < 120; second++) {
            endpoint.answers(status(413));
            assertThat(introspector.introspect(TOKEN)).isEqualTo(new RequestRefused(413));
            endpoint.answers("{\"active\":true}");
            introspector.introspect(TOKEN);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(log.messages(Level.WARNING)).hasSize(2).allSatisfy(message -> assertThat(message)
                .contains("GATE0306", "413"));
        assertThat(log.messages(Level.INFO)).isEmpty();
    }

    @Test
    void holdsNoTokenAndNoSecret() {
        TokenIntrospector introspector = introspector(PATIENT);
        for (int status : List.of(200, 301, 400, 401, 403, 413, 500)) {
            endpoint.answers(status(status));
            introspector.introspect(TOKEN);
        }
        endpoint.answers("{\"active\":true,\"sub\":\"alice\"}");
        introspector.introspect(TOKEN);

        assertThat(log.everything()).contains("GATE").doesNotContain(TOKEN.value(), "our-own-token", "alice");
    }
}
