package io.gatehouse.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Open Liberty in a process of its own, with one application. Closing it stops that process and no other. */
final class LibertyServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration UPDATE = Duration.ofMinutes(2);
    private static final String STARTED = "CWWKZ0001I";
    private static final String UPDATED = "CWWKZ0003I";

    private final Path directory;
    private final Process process;
    private final int port;
    private int updates;

    private LibertyServer(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it has started its application.
     *
     * @param runtime an unpacked Open Liberty; nothing in it is changed
     * @param directory where the server's own files go; what was there is deleted
     */
    static LibertyServer start(Path runtime, Path directory, byte[] war) throws IOException, InterruptedException {
        delete(directory);
        Path server = Files.createDirectories(directory.resolve("usr/servers/soak"));
        try (InputStream serverXml = LibertyServer.class.getResourceAsStream("server.xml")) {
            Files.write(server.resolve("server.xml"), serverXml.readAllBytes());
        }
        Files.write(Files.createDirectories(server.resolve("apps")).resolve("application.war"), war);
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command(runtime))
                .directory(server.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("WLP_USER_DIR", directory.resolve("usr").toString());
        builder.environment().put("WLP_OUTPUT_DIR", directory.resolve("output").toString());
        LibertyServer started = new LibertyServer(directory, builder.start(), port);
        try {
            started.await(STARTED, 1, START);
        } catch (IOException | InterruptedException notStarted) {
            started.close();
            throw notStarted;
        }
        return started;
    }

    /** What is only softly held may go with every collection: that it stays while there is room is no leak. */
    private static List<String> command(Path runtime) throws IOException {
        Path tools = runtime.resolve("bin/tools");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-javaagent:" + tools.resolve("ws-javaagent.jar"));
        command.addAll(optionsOfRuntime(runtime));
        command.addAll(List.of("-Xms256m", "-Xmx512m", "-XX:SoftRefLRUPolicyMSPerMB=0"));
        command.addAll(List.of("-jar", tools.resolve("ws-server.jar").toString(), "soak"));
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

    /** Puts another archive in the place of the application's, and waits until the server has taken notice. */
    void redeploy(byte[] war) throws IOException, InterruptedException {
        Path fresh = directory.resolve("fresh.war");
        Files.write(fresh, war);
        Path application = directory.resolve("usr/servers/soak/apps/application.war");
        Files.move(fresh, application, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        updates++;
        await(UPDATED, updates, UPDATE);
    }

    private void await(String message, int times, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (count(message) >= times) {
                return;
            }
            Thread.sleep(200);
        }
        throw new IOException("no " + times + ". " + message + ", see " + directory);
    }

    /** How many lines of the server's log have this in them. */
    long count(String message) throws IOException {
        Path log = log();
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(message)).count();
        }
    }

    /** Where its files are. */
    Path directory() {
        return directory;
    }

    Path log() {
        return directory.resolve("output/soak/logs/messages.log");
    }

    int port() {
        return port;
    }

    long pid() {
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
