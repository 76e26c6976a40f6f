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

/**
 * Runs exchanges where they can be given up: the caller waits no longer than the total timeout, and the thread that is
 * stuck with the peer is interrupted, which closes the connection of its exchange.
 *
 * <p>Thread-safe. Threads are daemons, come with the first exchange, and go after {@value #IDLE_SECONDS} idle seconds.
 * There is no queue: an exchange that waits for a thread would only use up its time.
 */
final class ExchangeWorkers {

    static final int MAXIMUM = 64;
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

    /** Waits for the exchange, at most for the total timeout. */
    FetchResult run(Callable<FetchResult> exchange) {
        Future<FetchResult> pending;
        try {
            pending = pool.submit(exchange);
        } catch (RejectedExecutionException refused) {
            return (pool.isShutdown() ? Fault.CLOSED : Fault.TOO_MANY_EXCHANGES).result();
        }
        try {
            return pending.get(totalTimeout.toNanos(), TimeUnit.NANOSECONDS);
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

    /** Interrupts what runs; nothing runs from here on. */
    void close() {
        pool.shutdownNow();
    }
}
