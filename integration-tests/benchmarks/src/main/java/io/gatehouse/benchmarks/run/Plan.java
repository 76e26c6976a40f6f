package io.gatehouse.benchmarks.run;

import io.gatehouse.benchmarks.report.Options;
import java.time.Duration;

/**
 * How long is measured.
 *
 * @param rounds in each of them everybody has one turn, in another order
 * @param slice about how long a turn is
 * @param warmUp how long everybody runs before that, in turns as well
 * @param threads how many threads run the same at once
 * @param seed of the order
 */
public record Plan(int rounds, Duration slice, Duration warmUp, int threads, long seed) {

    /** As the command line says: rounds, slice, warm-up, seed. */
    public static Plan of(Options options) {
        return new Plan(
                options.number("rounds", 200),
                options.duration("slice", Duration.ofMillis(10)),
                options.duration("warm-up", Duration.ofSeconds(10)),
                1,
                options.number("seed", 7));
    }

    /** The same with several threads. */
    public Plan withThreads(int number) {
        return new Plan(rounds, slice, warmUp, number, seed);
    }
}
