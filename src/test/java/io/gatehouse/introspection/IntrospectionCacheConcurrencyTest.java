package io.gatehouse.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.token.ClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many callers who come with one new token at one moment. */
class IntrospectionCacheConcurrencyTest {

    private static final int CALLERS = 4;
    private static final int TOKENS = 20_000;

    @Test
    void asksOnceForEachTokenHoweverCallersOvertakeEachOther() throws InterruptedException {
        IntrospectionCache cache = new IntrospectionCache(
                new IntrospectionSettings.CacheSettings(
                        Duration.ofHours(1), 10L * TOKENS, Duration.ZERO, 1, Duration.ZERO),
                Bulkhead.of(IntrospectionSettings.Limits.defaults().ofThreads(), Clock.systemUTC()),
                Clock.systemUTC());
        IntrospectionResponse active = new IntrospectionResponse.Active(ClaimsSet.of(Map.of()));
        AtomicInteger questions = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.submit(() -> {
                together.await();
                for (int token = 0; token < TOKENS; token++) {
                    cache.get(new TokenKey("issuer", "token " + token), () -> {
                        questions.incrementAndGet();
                        return active;
                    });
                }
                return null;
            });
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(questions).hasValue(TOKENS);
    }
}
