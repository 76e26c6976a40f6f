package io.gatehouse.benchmarks.run;

/**
 * One turn, for each operation of it.
 *
 * @param nanos processor time of the threads that worked
 * @param bytes what they allocated
 * @param elapsedNanos time on the wall, for what others do meanwhile
 */
public record Sample(double nanos, double bytes, double elapsedNanos) {}
