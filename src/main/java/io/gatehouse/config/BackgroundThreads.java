package io.gatehouse.config;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that renew keys behind the requests' back: as a rule one or two. They are daemons, live ten seconds without
 * work, and hold no application's class loader, so that a redeployed application can be forgotten.
 */
final class BackgroundThreads implements AutoCloseable {

    /**
     * As many as exchanges at once: each issuer has one at most, but many may be silent at the same time, and whoever
     * completes a template with invented names brings about dozens. The others are not to wait for those.
     */
    private static final int MAXIMUM = 256;

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /** None yet; each has this name. */
    BackgroundThreads(String name) {
        executor = new ThreadPoolExecutor(
                0,
                MAXIMUM,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> thread(work, name),
                new ThreadPoolExecutor.AbortPolicy());
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(BackgroundThreads.class.getClassLoader());
        return thread;
    }

    Executor executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
