package io.gatehouse.benchmarks;

import io.gatehouse.benchmarks.http.HttpComparison;
import io.gatehouse.benchmarks.introspection.IntrospectionTable;
import io.gatehouse.benchmarks.report.Options;
import io.gatehouse.benchmarks.validation.ColdTable;
import io.gatehouse.benchmarks.validation.GrowthTable;
import io.gatehouse.benchmarks.validation.MemoryTable;
import io.gatehouse.benchmarks.validation.NativeTable;
import io.gatehouse.benchmarks.validation.RejectTable;
import io.gatehouse.benchmarks.validation.WarmTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line: the name of a table, and its options. */
public final class Benchmarks {

    /** Runs a benchmark and gives its table. */
    @FunctionalInterface
    private interface Run {
        String with(Options options) throws Exception;
    }

    private static final Map<String, Run> TABLES = new TreeMap<>(Map.of(
            "cold", ColdTable::run,
            "warm", WarmTable::run,
            "reject", RejectTable::run,
            "growth", GrowthTable::run,
            "native", NativeTable::run,
            "memory", MemoryTable::run,
            "introspection", IntrospectionTable::run,
            "http", HttpComparison::run));

    private Benchmarks() {}

    /** Prints the table that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = Arrays.asList(arguments);
        String name = all.isEmpty() ? "" : all.get(0);
        if (name.equals("jmh")) {
            org.openjdk.jmh.Main.main(all.subList(1, all.size()).toArray(String[]::new));
        } else if (TABLES.containsKey(name)) {
            System.out.println(TABLES.get(name).with(Options.of(all.subList(1, all.size()))));
        } else {
            System.err.println("benchmarks.jar " + String.join("|", TABLES.keySet())
                    + "|jmh [--rounds=…] [--slice=seconds] [--warm-up=seconds] …; docs/performance.md says more");
            System.exit(2);
        }
    }
}
