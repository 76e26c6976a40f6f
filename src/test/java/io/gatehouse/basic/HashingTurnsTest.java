package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HashingTurnsTest {

    private static final PasswordResult DONE = new PasswordResult.Accepted("alice", Set.of());

    private final MutableClock clock = new MutableClock();
    private final CapturedLog log = new CapturedLog(HashingTurns.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void end() {
        open.countDown();
        threads.shutdownNow();
        log.close();
    }

    /** Megabytes of memory and of the largest hash. */
    @ParameterizedTest
    @CsvSource({
        "1,1000,0,1",
        "2,1000,0,1",
        "3,1000,0,2",
        "16,1000,0,8",
        "16,1000,64,3",
        "16,256,64,1",
        "16,100,64,1",
        "2,4000,64,1",
        "64,4000,1,32"
    })
    void areHalfOfTheProcessorsAndAQuarterOfTheMemory(int processors, long memory, long hash, int turns) {
        assertThat(HashingTurns.count(processors, memory << 20, hash << 20)).isEqualTo(turns);
    }

    @Test
    void areTakenByNoMoreThanThereAre() throws Exception {
        HashingTurns turns = new HashingTurns(2, Duration.ofSeconds(50), clock);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<PasswordResult>> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(threads.submit(() -> turns.take(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
                return DONE;
            })));
        }
        for (Future<PasswordResult> result : results) {
            assertThat(result.get()).isEqualTo(DONE);
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    private HashingTurns withoutPatienceAndWithoutTurns() throws InterruptedException {
        HashingTurns turns = new HashingTurns(1, Duration.ZERO, clock);
        CountDownLatch taken = new CountDownLatch(1);
        threads.submit(() -> turns.take(() -> {
            taken.countDown();
            awaitQuietly(open);
            return DONE;
        }));
        taken.await();
        return turns;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void areRefusedToThoseWhoWaitTooLongWhichIsSaidOnceAMinute() throws Exception {
        HashingTurns turns = withoutPatienceAndWithoutTurns();
        assertThat(turns.take(() -> DONE)).isEqualTo(new PasswordResult.Unavailable(Duration.ofSeconds(5)));
        turns.take(() -> DONE);
        assertThat(log.messages(Level.WARNING)).singleElement().asString().startsWith("GATE0208");
        clock.advance(Duration.ofMinutes(1));
        turns.take(() -> DONE);
        assertThat(log.messages(Level.WARNING)).hasSize(2);
    }

    @Test
    void areGivenBackAlsoByWorkThatFails() {
        HashingTurns turns = new HashingTurns(1, Duration.ZERO, clock);
        for (int i = 0; i < 3; i++) {
            try {
                turns.take(() -> {
                    throw new IllegalStateException();
                });
            } catch (IllegalStateException expected) {
                assertThat(turns.take(() -> DONE)).isEqualTo(DONE);
            }
        }
    }

    @Test
    void areNeededForNamesThatDoNotExistToo() throws Exception {
        ConfiguredUsers users = new ConfiguredUsers(
                java.util.Map.of("alice", new ConfiguredUser(PasswordHash.parse(BcryptHashTest.OF_ALICE), Set.of())),
                withoutPatienceAndWithoutTurns(),
                clock);
        assertThat(users.check("alice", "alice".toCharArray(), false)).isInstanceOf(PasswordResult.Unavailable.class);
        assertThat(users.check("nobody", "alice".toCharArray(), false)).isInstanceOf(PasswordResult.Unavailable.class);
    }

    @Test
    void areNotNeededForWhatIsRemembered() throws Exception {
        HashingTurns turns = new HashingTurns(1, Duration.ZERO, clock);
        ConfiguredUsers users = new ConfiguredUsers(
                java.util.Map.of("alice", new ConfiguredUser(PasswordHash.parse(BcryptHashTest.OF_ALICE), Set.of())),
                turns,
                clock);
        assertThat(users.check("alice", "alice".toCharArray(), false)).isEqualTo(DONE);
        CountDownLatch taken = new CountDownLatch(1);
        threads.submit(() -> turns.take(() -> {
            taken.countDown();
            awaitQuietly(open);
            return DONE;
        }));
        taken.await();
        assertThat(users.check("alice", "alice".toCharArray(), false)).isEqualTo(DONE);
    }
}
