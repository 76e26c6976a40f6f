package io.gatehouse.benchmarks.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed loop: each connection sends its next request when it has the answer to the last one. Thread-safe. */
final class LoadGenerator implements AutoCloseable {

    private final int connections;
    private final ExecutorService threads;

    LoadGenerator(int connections) {
        this.connections = connections;
        this.threads = Executors.newFixedThreadPool(connections);
    }

    /** What came of it: how long it really took, and how long each answer took, in order. */
    record Load(Duration elapsed, long[] latencies) {

        int requests() {
            return latencies.length;
        }

        double perSecond() {
            return requests() * 1e9 / elapsed.toNanos();
        }

        Duration percentile(double share) {
            int index = (int) Math.min(latencies.length - 1L, (long) (latencies.length * share));
            return Duration.ofNanos(latencies[index]);
        }
    }

    /** Sends these requests in rotation for so long; any answer but 200 ends the benchmark. */
    Load run(int port, List<byte[]> requests, Duration duration) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        Callable<long[]> loop = () -> loop(port, requests, next, end);
        List<Future<long[]>> loops = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            loops.add(threads.submit(loop));
        }
        List<long[]> latencies = new ArrayList<>();
        for (Future<long[]> each : loops) {
            latencies.add(resultOf(each));
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        long[] sorted =
                latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Load(elapsed, sorted);
    }

    private static long[] loop(int port, List<byte[]> requests, AtomicInteger next, long end) throws IOException {
        long[] latencies = new long[1024];
        int count = 0;
        try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
            long sent = System.nanoTime();
            while (sent < end) {
                int status = connection.exchange(requests.get(Math.floorMod(next.getAndIncrement(), requests.size())));
                if (status != 200) {
                    throw new IOException("answered " + status);
                }
                long answered = System.nanoTime();
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, count * 2);
                }
                latencies[count++] = answered - sent;
                sent = answered;
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    private static long[] resultOf(Future<long[]> loop) throws IOException, InterruptedException {
        try {
            return loop.get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
