package io.gatehouse.benchmarks;

import io.gatehouse.benchmarks.http.HttpComparison;
import io.gatehouse.benchmarks.report.Options;
import io.gatehouse.benchmarks.validation.ColdTable;
import io.gatehouse.benchmarks.validation.GrowthTable;
import io.gatehouse.benchmarks.validation.RejectTable;
import io.gatehouse.benchmarks.validation.WarmTable;
import java.util.Arrays;
import java.util.List;

/** The command line: the name of a table, and its options. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Prints the table that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = Arrays.asList(arguments);
        Options options = Options.of(all.subList(1, all.size()));
        System.out.println(
                switch (all.get(0)) {
                    case "cold" -> ColdTable.run(options);
            case "warm" -> WarmTable.run(options);
            case "reject" -> RejectTable.run(options);
            case "growth" -> GrowthTable.run(options);
            case "http" -> HttpComparison.run(options);
                    default -> throw new IllegalArgumentException(all.get(0));
                });
    }
}
