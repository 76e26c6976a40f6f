package io.gatehouse.benchmarks.run;

import org.openjdk.jmh.infra.Blackhole;

/**
 * Something to be measured.
 *
 * @param title what the table calls it
 * @param operation one operation; thread-safe
 */
public record Candidate(String title, Operation operation) {

    /** One operation, the i-th; throws if the outcome is not the right one, so nobody is fast by being wrong. */
    @FunctionalInterface
    public interface Operation {
        void run(int i, Blackhole sink);
    }
}
