package io.gatehouse.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What another process has used of the processors, as Linux counts it: all of its threads, in ticks of 10 ms. */
final class ProcessorTime {

    private static final Duration TICK = Duration.ofMillis(10);

    private ProcessorTime() {}

    /** Zero where there is no /proc. */
    static Duration of(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return Duration.ZERO;
        }
        String line = Files.readString(stat);
        // The second field is a name in parentheses, which may hold spaces; utime and stime are the 14th and 15th.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return TICK.multipliedBy(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }
}
