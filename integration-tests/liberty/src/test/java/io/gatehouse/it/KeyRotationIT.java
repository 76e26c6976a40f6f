package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The issuer changes its keys while the application runs. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationIT {

    private static final int FLOOD_SECONDS = 10;

    private static final TestKey OLD = TestKey.generate("old", "ES256");
    private static final TestKey NEW = TestKey.generate("new", "ES256");
    private static final TestKey UNKNOWN = TestKey.generate("unknown", "ES256");
    private static final TestIssuer ISSUER = TestIssuer.start(OLD);

    @Deployment(testable = false)
    static WebArchive demo() {
        return Demo.war(ISSUER.configuration());
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    @Order(1)
    void acceptsANewKeyAtOnceAndFetchesRarely() {
        assertThat(statusWith(OLD)).isEqualTo(200);
        ISSUER.publish(NEW, OLD);
        assertThat(statusWith(NEW)).isEqualTo(200);
        assertThat(statusWith(OLD)).isEqualTo(200);

        int before = ISSUER.fetches();
        IntStream.range(0, 50).forEach(i -> assertThat(statusWith(UNKNOWN)).isEqualTo(401));
        assertThat(ISSUER.fetches() - before)
                .as("fetches for a key that does not exist")
                .isLessThan(10);
    }

    @Test
    @Order(2)
    void letsTwoHundredCallersWithABrandNewKeyInAfterOneFetch() throws Exception {
        TestKey brandNew = TestKey.generate("brand-new", "ES256");
        assertThat(statusWith(NEW)).isEqualTo(200);
        ISSUER.publish(brandNew, NEW);
        String token = ISSUER.token().signedBy(brandNew).text();
        int before = ISSUER.fetches();

        List<Callable<Integer>> callers = Collections.nCopies(200, () -> statusOf(token));
        assertThat(inThreads(200, callers)).hasSize(200).containsOnly(200);
        assertThat(ISSUER.fetches() - before).isEqualTo(1);
    }

    @Test
    @Order(3)
    void refusesNoValidCallerWhenTheKeyChangesInTheMiddleOfAFlood() throws Exception {
        TestKey before = TestKey.generate("before", "ES256");
        TestKey after = TestKey.generate("after", "ES256");
        ISSUER.publish(before);
        assertThat(statusWith(before)).isEqualTo(200);
        String anybody = ISSUER.token().signedBy(UNKNOWN).text();
        TestToken stranger = ISSUER.token().signedBy(UNKNOWN);
        byte[] signature = UNKNOWN.sign(anybody.getBytes(StandardCharsets.US_ASCII));
        int fetchesBefore = ISSUER.fetches();
        AtomicReference<TestKey> current = new AtomicReference<>(before);
        AtomicInteger invented = new AtomicInteger();
        Instant start = Instant.now();
        Instant end = start.plusSeconds(FLOOD_SECONDS);

        Callable<Integer> hostile = () -> {
            while (Instant.now().isBefore(end)) {
                String kid = "invented-" + invented.incrementAndGet();
                statusOf(stranger.header("kid", kid).text(signature));
            }
            return 0;
        };
        Callable<Integer> valid = () -> {
            int refused = 0;
            while (Instant.now().isBefore(end)) {
                refused += statusWith(current.get()) == 200 ? 0 : 1;
            }
            return refused;
        };
        Callable<Integer> rotation = () -> {
            LockSupport.parkNanos(Duration.ofSeconds(FLOOD_SECONDS / 2).toNanos());
            ISSUER.publish(after, before); // a token that is on its way stays good
            current.set(after);
            return 0;
        };
        List<Callable<Integer>> all = new ArrayList<>(Collections.nCopies(16, hostile));
        all.addAll(Collections.nCopies(4, valid));
        all.add(rotation);

        assertThat(inThreads(all.size(), all)).as("valid callers refused").containsOnly(0);
        assertThat(invented).as("the flood").hasValueGreaterThan(100);
        long seconds = Duration.between(start, Instant.now()).toSeconds() + 1;
        assertThat((long) (ISSUER.fetches() - fetchesBefore))
                .as("one fetch per cooldown of a second, and the reserve")
                .isLessThanOrEqualTo(seconds + 3);
    }

    private static List<Integer> inThreads(int threads, List<Callable<Integer>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> future : pool.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static int statusWith(TestKey key) {
        return statusOf(ISSUER.token().signedBy(key).text());
    }

    private static int statusOf(String token) {
        return Caller.bearing(token).get("/api/hello").statusCode();
    }
}
