package io.gatehouse.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown: the first column to the left, numbers to the right. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these columns. */
    public Table(String... columns) {
        rows.add(List.of(columns));
    }

    /** Adds a row. */
    public void row(String... cells) {
        row(List.of(cells));
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of " + cells.size() + " cells");
        }
        rows.add(List.copyOf(cells));
    }

    /** A number for a cell; a dash for NaN. */
    public static String number(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    @Override
    public String toString() {
        String rule = "|---|" + "--:|".repeat(rows.get(0).size() - 1);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> line(rows.get(i)) + (i == 0 ? "\n" + rule : ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
