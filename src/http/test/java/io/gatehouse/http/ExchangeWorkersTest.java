package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeWorkersTest {

    private static final BooleanSupplier WANTED = () -> true;
    private static final FetchResult DONE = new FetchResult.Refused(418, new byte[0], "", null);

    private final ExchangeWorkers workers = new ExchangeWorkers(Duration.ofSeconds(30));

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void runExchangesOnDaemonsThatHoldOnToNoApplication() {
        AtomicReference<Thread> seen = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        Thread.currentThread().setContextClassLoader(new ClassLoader("web application", null) {});
        try {
            workers.run(
                    () -> {
                        seen.set(Thread.currentThread());
                        loader.set(Thread.currentThread().getContextClassLoader());
                        return DONE;
                    },
                    WANTED);
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }

        assertThat(seen.get().isDaemon()).isTrue();
        assertThat(seen.get().getName()).startsWith("gatehouse-http-");
        assertThat(loader.get()).isSameAs(ExchangeWorkers.class.getClassLoader());
    }

    @Test
    void refuseAnExchangeWhileAllAreBusy() throws Exception {
        CountDownLatch allBusy = new CountDownLatch(ExchangeWorkers.MAXIMUM);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            List<Future<FetchResult>> running = new ArrayList<>();
            for (int i = 0; i < ExchangeWorkers.MAXIMUM; i++) {
                running.add(callers.submit(() -> workers.run(
                        () -> {
                            allBusy.countDown();
                            release.await();
                            return DONE;
                        },
                        WANTED)));
            }
            allBusy.await();

            assertThat(workers.run(() -> DONE, WANTED)).isEqualTo(Fault.TOO_MANY_EXCHANGES.result());

            release.countDown();
            for (Future<FetchResult> each : running) {
                assertThat(each.get()).isSameAs(DONE);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void interruptTheExchangeThatIsLate() throws Exception {
        ExchangeWorkers hasty = new ExchangeWorkers(Duration.ofMillis(50));
        CountDownLatch interrupted = new CountDownLatch(1);

        FetchResult result = hasty.run(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                    }
                    return DONE;
                },
                WANTED);

        assertThat(result).isEqualTo(Fault.TOTAL_TIMEOUT.result());
        interrupted.await();
        hasty.close();
    }

    @Test
    void interruptTheExchangeThatNobodyWantsAnyMore() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();

        FetchResult result = workers.run(
                () -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                    }
                    return DONE;
                },
                () -> running.getCount() > 0 || looks.incrementAndGet() < 3);

        assertThat(result).isEqualTo(Fault.GIVEN_UP.result());
        assertThat(looks).hasValue(3);
        interrupted.await();
    }

    @Test
    void giveUpWhenTheCallerIsInterrupted() {
        Thread.currentThread().interrupt();

        FetchResult result = workers.run(
                () -> {
                    new CountDownLatch(1).await();
                    return DONE;
                },
                WANTED);

        assertThat(Thread.interrupted()).as("interrupt kept for the caller").isTrue();
        assertThat(result).isEqualTo(Fault.INTERRUPTED.result());
    }

    @Test
    void sayWhenTheFaultIsOurs() {
        assertThatIllegalStateException()
                .isThrownBy(() -> workers.run(
                        () -> {
                            throw new LinkageError("a class is missing");
                        },
                        WANTED));
    }
}
