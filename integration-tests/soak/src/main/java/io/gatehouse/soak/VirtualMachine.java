package io.gatehouse.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process's virtual machine, as jcmd sees it. Stateless. */
final class VirtualMachine {

    private static final int FINALIZERS_IN_A_ROW = 3;

    private final long pid;

    VirtualMachine(long pid) {
        this.pid = pid;
    }

    /**
     * What is alive after a full collection.
     *
     * @param heapBytes of all objects that can be reached
     * @param threads of Java, the ones of the virtual machine itself not counted
     * @param ourThreads those of Gatehouse among them
     * @param deployments copies of Gatehouse's composition root
     * @param principals callers that something still holds
     * @param applicationLoaders class loaders of applications
     * @param loadedClasses classes of all loaders
     */
    record State(
            long heapBytes,
            long threads,
            long ourThreads,
            long deployments,
            long principals,
            long applicationLoaders,
            long loadedClasses) {}

    /** Leaves what is alive, class by class, in the file. */
    State afterCollection(Path evidence) throws IOException, InterruptedException {
        collect();
        List<String> histogram = command("GC.class_histogram");
        Files.write(evidence, histogram);
        List<String> loaders = command("VM.classloader_stats");
        return new State(
                total(histogram),
                threads().size(),
                ourThreads(),
                instances(histogram, "io.gatehouse.config.Gatehouse"),
                instances(histogram, "io.gatehouse.token.ValidatedToken"),
                loaders.stream()
                        .filter(line -> line.contains("com.ibm.ws.classloading.internal.AppClassLoader"))
                        .count(),
                classes(loaders));
    }

    /** The server's record of an application that ended has a finalizer, and what that lets go may have one, too. */
    private void collect() throws IOException, InterruptedException {
        for (int round = 0; round < FINALIZERS_IN_A_ROW; round++) {
            command("GC.run");
            command("GC.run_finalization");
        }
        command("GC.run");
    }

    /** All that can be reached, for a look with another tool. */
    void dump(Path file) throws IOException, InterruptedException {
        command("GC.heap_dump", file.toString());
    }

    /** The last line: "Total  instances  bytes". */
    private static long total(List<String> histogram) {
        return histogram.stream()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.trim().split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst()
                .orElseThrow();
    }

    /** A line each class loader: "number: instances bytes class (module)". */
    private static long instances(List<String> histogram, String type) {
        return histogram.stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length >= 4 && words[3].equals(type))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    /** "Total = loaders classes chunk-size block-size". */
    private static long classes(List<String> loaders) {
        return loaders.stream()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.replaceAll("[^0-9]+", " ").trim().split(" "))
                .mapToLong(numbers -> Long.parseLong(numbers[1]))
                .findFirst()
                .orElse(0);
    }

    long ourThreads() throws IOException, InterruptedException {
        return threads().stream().filter(name -> name.startsWith("\"gatehouse")).count();
    }

    /** The names of all Java threads. */
    private List<String> threads() throws IOException, InterruptedException {
        return command("Thread.print").stream()
                .filter(line -> line.startsWith("\"") && line.contains("\" #"))
                .toList();
    }

    boolean isDeadlocked() throws IOException, InterruptedException {
        return command("Thread.print").stream().anyMatch(line -> line.contains("Java-level deadlock"));
    }

    private List<String> command(String... words) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + List.of(words) + ": " + output);
        }
        return output.lines().toList();
    }
}
