package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The server has one memory of logins for all its applications and callers: whoever comes again has to be who he is, with
 * what he may do here and by this token.
 */
@ExtendWith(ArquillianExtension.class)
class RememberedLoginIT {

    private static final TestIssuer ISSUER = TestIssuer.start(TestKey.generate("key", "RS256"));
    private static final int THREADS = 16;
    private static final int TIMES = 6;

    @Deployment(name = "plain", testable = false)
    static WebArchive plain() {
        return Demo.war("plain", ISSUER.configuration());
    }

    @Deployment(name = "promoting", testable = false)
    static WebArchive promoting() {
        Map<String, String> configuration = new HashMap<>(ISSUER.configuration());
        configuration.put("gatehouse.roles.map.user", "admin");
        return Demo.war("promoting", configuration);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static int status(String token, String path) {
        return Caller.bearing(token).get(path).statusCode();
    }

    @Test
    void aTokenHasTheRolesOfEachApplicationHoweverOftenItComes() {
        String token = ISSUER.token().text();

        for (int i = 0; i < TIMES; i++) {
            assertThat(status(token, "/plain/api/admin")).isEqualTo(403);
            assertThat(status(token, "/promoting/api/admin")).isEqualTo(200);
        }
    }

    @Test
    void aCallerHasTheRolesOfTheTokenThatHeComesWith() {
        String user = ISSUER.token().text();
        String admin = ISSUER.token().claim("groups", List.of("admin")).text();

        for (int i = 0; i < TIMES; i++) {
            assertThat(status(user, "/plain/api/hello")).isEqualTo(200);
            assertThat(status(admin, "/plain/api/hello")).isEqualTo(403);
            assertThat(status(user, "/plain/api/admin")).isEqualTo(403);
            assertThat(status(admin, "/plain/api/admin")).isEqualTo(200);
        }
    }

    @Test
    void aCallerIsShownTheTokenThatHeComesWith() {
        String one = ISSUER.token().claim("groups", List.of("user", "first")).text();
        String other = ISSUER.token().claim("groups", List.of("user", "second")).text();
        String shownOfOne = Caller.bearing(one).get("/plain/api/me").body();
        String shownOfOther = Caller.bearing(other).get("/plain/api/me").body();

        assertThat(shownOfOne).isNotEqualTo(shownOfOther);
        for (int i = 0; i < TIMES; i++) {
            assertThat(Caller.bearing(one).get("/plain/api/me").body()).isEqualTo(shownOfOne);
            assertThat(Caller.bearing(other).get("/plain/api/me").body()).isEqualTo(shownOfOther);
        }
    }

    @RepeatedTest(2)
    void callersAtTheSameTimeStayWhoTheyAre() throws Exception {
        List<String> tokens = IntStream.range(0, THREADS)
                .mapToObj(i -> ISSUER.token().claim("sub", "caller" + i).text())
                .toList();

        inParallel(thread -> {
            for (int i = 0; i < 4 * THREADS; i++) {
                int who = (thread + i) % THREADS;
                assertThat(Caller.bearing(tokens.get(who))
                                .get("/plain/api/hello")
                                .body())
                        .isEqualTo("Hello caller" + who + ".\n");
            }
        });
    }

    @Test
    void aCallerOnManyThreadsIsLetInOnEach() throws Exception {
        String token = ISSUER.token().text();

        inParallel(thread -> {
            for (int i = 0; i < 4 * THREADS; i++) {
                assertThat(Caller.bearing(token).get("/plain/api/hello").body()).isEqualTo("Hello carol.\n");
                assertThat(status(token, "/plain/api/admin")).isEqualTo(403);
            }
        });
    }

    private interface Work {
        void on(int thread);
    }

    private static void inParallel(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> all = IntStream.range(0, THREADS)
                    .<Callable<Void>>mapToObj(thread -> () -> {
                        work.on(thread);
                        return null;
                    })
                    .toList();
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
