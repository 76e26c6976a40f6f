package io.gatehouse.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Open Liberty in a process of its own, with one application. Closing it stops that process and no other. */
final class LibertyServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final Deployment deployment;
    private final Process process;
    private final int port;

    private LibertyServer(Deployment deployment, Process process, int port) {
        this.deployment = deployment;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until its application answers.
     *
     * @param runtime an unpacked Open Liberty; nothing in it is changed
     * @param directory where the server's own files go; what was there is deleted
     * @param options further options of its virtual machine
     */
    static LibertyServer start(
            Path runtime, Path directory, Deployment deployment, Map<String, String> environment, List<String> options)
            throws IOException, InterruptedException {
        delete(directory);
        Path server = Files.createDirectories(directory.resolve("usr/servers/benchmark"));
        try (InputStream serverXml = LibertyServer.class.getResourceAsStream(deployment.serverXml())) {
            Files.write(server.resolve("server.xml"), serverXml.readAllBytes());
        }
        WarDirectory.write(server.resolve("apps/application.war"), deployment);
        int port = freePort();
        Path console = directory.resolve("console.log");
        ProcessBuilder builder = new ProcessBuilder(command(runtime, options))
                .directory(server.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(deployment.environment());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("WLP_USER_DIR", directory.resolve("usr").toString());
        builder.environment().put("WLP_OUTPUT_DIR", directory.resolve("output").toString());
        LibertyServer started = new LibertyServer(deployment, builder.start(), port);
        // Whoever ends the benchmark by Ctrl-C leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroy));
        started.waitUntilItAnswers(console);
        return started;
    }

    private static List<String> command(Path runtime, List<String> options) throws IOException {
        Path tools = runtime.resolve("bin/tools");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-javaagent:" + tools.resolve("ws-javaagent.jar"));
        command.addAll(optionsOfRuntime(runtime));
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-XX:-UseDynamicNumberOfCompilerThreads"));
        command.addAll(options);
        command.addAll(List.of("-jar", tools.resolve("ws-server.jar").toString(), "benchmark"));
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

    private void waitUntilItAnswers(Path console) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            int status = status();
            if (status == 200 || status == 401) {
                return;
            }
            Thread.sleep(500);
        }
        close();
        throw new IOException(deployment.title() + " does not start, see " + console);
    }

    /** Without a token: 200 of the open resource, 401 of the others; 404 and 0 while it starts. */
    private int status() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + HttpComparison.PATH)
                .toURL()
                .openConnection();
        try {
            return connection.getResponseCode();
        } catch (IOException notYet) {
            return 0;
        } finally {
            connection.disconnect();
        }
    }

    Deployment deployment() {
        return deployment;
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
