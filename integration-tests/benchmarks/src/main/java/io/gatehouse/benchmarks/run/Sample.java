package io.gatehouse.benchmarks.run;

/** One turn: processor time of the threads that worked, and what they allocated. */
public record Sample(double nanos, double bytes) {}
