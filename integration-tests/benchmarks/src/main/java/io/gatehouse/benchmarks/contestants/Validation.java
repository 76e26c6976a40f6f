package io.gatehouse.benchmarks.contestants;

import org.openjdk.jmh.infra.Blackhole;

/** Validates one token and reads {@code sub} and the groups of it, as strings. Thread-safe. */
@FunctionalInterface
public interface Validation {

    /**
     * Whether the token is good.
     *
     * @param sink takes what an application would have read
     */
    boolean accepts(String token, Blackhole sink);
}
