package io.gatehouse.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Runs exchanges where they can be given up: the caller waits no longer than the total timeout, and the thread that is
 * stuck with the peer is interrupted, which closes the connection of its exchange.
 *
 * <p>Thread-safe. Threads are daemons, come with the first exchange, and go after {@value #IDLE_SECONDS} idle seconds.
 * There is no queue: an exchange that waits for a thread would only use up its time.
 */
final class ExchangeWorkers {

    static final int MAXIMUM = 256;

    /** How soon a caller who has lost interest is let go: often enough for him, seldom enough for the machine. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final Duration totalTimeout;

    ExchangeWorkers(Duration totalTimeout) {
        this.totalTimeout = totalTimeout;
        AtomicInteger threads = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                0,
                MAXIMUM,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> thread(work, "gatehouse-http-" + threads.incrementAndGet()));
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        // Not the caller's: where several applications share this jar, a thread must not hold on to one of them.
        thread.setContextClassLoader(ExchangeWorkers.class.getClassLoader());
        return thread;
    }

    /** Waits for the exchange, at most for the total timeout, and no longer than the caller wants it. */
    FetchResult run(Callable<FetchResult> exchange, BooleanSupplier wanted) {
        Future<FetchResult> pending;
        try {
            pending = pool.submit(exchange);
        } catch (RejectedExecutionException refused) {
            return (pool.isShutdown() ? Fault.CLOSED : Fault.TOO_MANY_EXCHANGES).result();
        }
        try {
            return await(pending, wanted);
        } catch (TimeoutException late) {
            return Fault.TOTAL_TIMEOUT.result();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Fault.INTERRUPTED.result();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("an exchange failed in a way that is no fault of the peer", broken);
        } finally {
            pending.cancel(true);
        }
    }

    private FetchResult await(Future<FetchResult> pending, BooleanSupplier wanted)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + totalTimeout.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            try {
                return pending.get(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                if (left <= LOOK.toNanos()) {
                    throw notYet;
                }
            }
            if (!wanted.getAsBoolean()) {
                return Fault.GIVEN_UP.result();
            }
        }
    }

    /** Interrupts what runs; nothing runs from here on. */
    void close() {
        pool.shutdownNow();
    }
}
