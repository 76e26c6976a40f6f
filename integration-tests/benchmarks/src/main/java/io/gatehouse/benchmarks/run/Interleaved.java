package io.gatehouse.benchmarks.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Runs all candidates in turns of some milliseconds, in another order each round. Time is processor time of the threads
 * that run them, so what a busy machine gives to others does not count; and the rest of what it does meets all of them
 * alike, so that the ratio of two candidates in the same round says more than any time.
 */
public final class Interleaved implements AutoCloseable {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Plan plan;
    private final ExecutorService pool;

    private Interleaved(Plan plan) {
        this.plan = plan;
        this.pool = Executors.newFixedThreadPool(plan.threads());
    }

    /** The samples of each candidate, one a round. */
    public static Map<Candidate, List<Sample>> measure(List<Candidate> candidates, Plan plan) {
        try (Interleaved interleaved = new Interleaved(plan)) {
            return interleaved.measure(candidates);
        }
    }

    private Map<Candidate, List<Sample>> measure(List<Candidate> candidates) {
        Map<Candidate, Integer> operations = warmUp(candidates);
        Map<Candidate, List<Sample>> samples = new HashMap<>();
        List<Candidate> order = new ArrayList<>(candidates);
        Random random = new Random(plan.seed());
        for (int round = 0; round < plan.rounds(); round++) {
            Collections.shuffle(order, random);
            for (Candidate candidate : order) {
                Sample sample = turn(candidate, operations.get(candidate), round);
                samples.computeIfAbsent(candidate, added -> new ArrayList<>()).add(sample);
            }
        }
        return samples;
    }

    /** In turns as well: compiled code that has met one candidate alone is compiled anew when the next one comes. */
    private Map<Candidate, Integer> warmUp(List<Candidate> candidates) {
        Map<Candidate, Integer> operations = new HashMap<>();
        Map<Candidate, Double> used = new HashMap<>();
        candidates.forEach(candidate -> operations.put(candidate, 1));
        boolean cold = true;
        for (int turn = 0; cold; turn++) {
            cold = false;
            for (Candidate candidate : candidates) {
                int count = operations.get(candidate);
                double nanos = atWork(turn(candidate, count, turn));
                double total = used.merge(candidate, nanos * count, Double::sum);
                cold |= total < plan.warmUp().toNanos();
                operations.put(candidate, fitting(plan.slice(), nanos, count));
            }
        }
        return operations;
    }

    /** Who waits for others hardly works, and has to come to an end of his warm-up as well. */
    private static double atWork(Sample sample) {
        return Math.max(sample.nanos(), sample.elapsedNanos() / 8);
    }

    /** At most twice as many as before: the first operations load classes, and say little. */
    private static int fitting(Duration slice, double nanosPerOperation, int before) {
        double fitting = slice.toNanos() / Math.max(1, nanosPerOperation);
        return (int) Math.max(1, Math.min(fitting, before * 2.0));
    }

    private Sample turn(Candidate candidate, int operations, int turn) {
        List<Future<Sample>> running = new ArrayList<>();
        for (int thread = 0; thread < plan.threads(); thread++) {
            int first = turn * operations + thread * 31;
            Callable<Sample> work = () -> work(candidate.operation(), operations, first);
            running.add(pool.submit(work));
        }
        List<Sample> done = running.stream().map(Interleaved::resultOf).toList();
        return new Sample(
                done.stream().mapToDouble(Sample::nanos).average().orElseThrow(),
                done.stream().mapToDouble(Sample::bytes).average().orElseThrow(),
                done.stream().mapToDouble(Sample::elapsedNanos).average().orElseThrow());
    }

    private static Sample work(Candidate.Operation operation, int operations, int first) {
        Blackhole sink = new Blackhole(
                "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
        long start = System.nanoTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < operations; i++) {
            operation.run(first + i, sink);
        }
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        double elapsed = System.nanoTime() - start;
        return new Sample((double) nanos / operations, (double) bytes / operations, elapsed / operations);
    }

    private static Sample resultOf(Future<Sample> work) {
        try {
            return work.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException wrong) {
            throw new IllegalStateException(wrong.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
