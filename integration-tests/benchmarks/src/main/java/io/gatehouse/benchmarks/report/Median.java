package io.gatehouse.benchmarks.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The middle value: what a busy neighbour does to some rounds does not reach it. */
public final class Median {

    private Median() {}

    /** Of one quantity of all samples; NaN of none. */
    public static <T> double of(List<T> samples, ToDoubleFunction<T> quantity) {
        return of(samples.stream().mapToDouble(quantity).toArray());
    }

    /** Of the ratios between two contestants, round by round; NaN where one of them did not take part. */
    public static <T> double ofRatios(List<T> samples, List<T> floor, ToDoubleFunction<T> quantity) {
        if (samples == null || floor == null) {
            return Double.NaN;
        }
        return of(IntStream.range(0, Math.min(samples.size(), floor.size()))
                .mapToDouble(i -> quantity.applyAsDouble(samples.get(i)) / quantity.applyAsDouble(floor.get(i)))
                .toArray());
    }

    /** Of these values; NaN of none. */
    public static double of(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
