package io.gatehouse.benchmarks.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What another virtual machine has used of the processors, as Linux counts it in ticks of 10 ms: all of its threads but
 * those that compile. How much there is left to compile says something about the warm-up and nothing about a request.
 */
final class ProcessorTime {

    private static final Duration TICK = Duration.ofMillis(10);

    /** Linux knows the first fifteen characters of a thread's name. */
    private static final String COMPILER = "CompilerThre";

    private ProcessorTime() {}

    /** Zero where there is no /proc. The machine has to keep its compiler threads, or their time is lost with them. */
    static Duration of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.exists(process.resolve("stat"))) {
            return Duration.ZERO;
        }
        long ticks = ticks(Files.readString(process.resolve("stat")));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                ticks -= ticksOfCompiler(thread.resolve("stat"));
            }
        }
        return TICK.multipliedBy(ticks);
    }

    private static long ticksOfCompiler(Path stat) throws IOException {
        try {
            String line = Files.readString(stat);
            return line.contains(COMPILER) ? ticks(line) : 0;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    /** The second field is a name in parentheses, which may hold spaces; utime and stime are the 14th and 15th. */
    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
