package io.gatehouse.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An Open Liberty in a process of its own, on a free port of the loopback interface. Closing it stops that process and no
 * other; so does the end of whoever started it.
 */
public final class ServerProcess implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final int port;

    private ServerProcess(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /** An empty place for the server of this name; whatever was in the directory is deleted. */
    public static Path prepare(Path directory, String name) throws IOException {
        delete(directory);
        return Files.createDirectories(directory.resolve("usr/servers").resolve(name));
    }

    /**
     * Starts the server that was prepared; whether it answers is for others to wait for.
     *
     * @param runtime an unpacked Open Liberty; nothing in it is changed
     * @param directory where the server's own files are
     * @param options of its virtual machine
     * @param environment besides the port, which is {@code HTTP_PORT}
     */
    public static ServerProcess start(
            Path runtime, Path directory, String name, List<String> options, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command(runtime, name, options))
                .directory(directory.resolve("usr/servers").resolve(name).toFile())
                .redirectErrorStream(true)
                .redirectOutput(console(directory).toFile());
        builder.environment().putAll(environment);
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("WLP_USER_DIR", directory.resolve("usr").toString());
        builder.environment().put("WLP_OUTPUT_DIR", directory.resolve("output").toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new ServerProcess(directory, process, port);
    }

    private static List<String> command(Path runtime, String name, List<String> options) throws IOException {
        Path tools = runtime.resolve("bin/tools");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-javaagent:" + tools.resolve("ws-javaagent.jar"));
        command.addAll(optionsOfRuntime(runtime));
        command.addAll(options);
        command.addAll(List.of("-jar", tools.resolve("ws-server.jar").toString(), name));
        return command;
    }

    /** What the runtime's own script opens to it. */
    private static List<String> optionsOfRuntime(Path runtime) throws IOException {
        String file = Runtime.version().feature() < 24 ? "java9.options" : "java24.options";
        try (Stream<String> lines =
                Files.lines(runtime.resolve("lib/platform/java").resolve(file))) {
            return lines.map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path console(Path directory) {
        return directory.resolve("console.log");
    }

    /** What the server writes to its standard output and error. */
    public Path console() {
        return console(directory);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Which process it is. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
