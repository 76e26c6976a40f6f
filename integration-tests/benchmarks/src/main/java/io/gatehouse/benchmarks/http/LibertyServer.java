package io.gatehouse.benchmarks.http;

import io.gatehouse.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An Open Liberty in a process of its own, with one application. Closing it stops that process and no other. */
final class LibertyServer implements AutoCloseable {

    private static final String NAME = "benchmark";

    /** Compiler threads that come and go would take their processor time along. */
    private static final List<String> OPTIONS =
            List.of("-Xms512m", "-Xmx512m", "-XX:-UseDynamicNumberOfCompilerThreads");

    private static final Duration START = Duration.ofMinutes(4);

    private final Deployment deployment;
    private final ServerProcess process;

    private LibertyServer(Deployment deployment, ServerProcess process) {
        this.deployment = deployment;
        this.process = process;
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
        Path server = ServerProcess.prepare(directory, NAME);
        try (InputStream serverXml = LibertyServer.class.getResourceAsStream(deployment.serverXml())) {
            Files.write(server.resolve("server.xml"), serverXml.readAllBytes());
        }
        WarDirectory.write(server.resolve("apps/application.war"), deployment);
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(deployment.environment());
        List<String> all = Stream.concat(OPTIONS.stream(), options.stream()).toList();
        LibertyServer started =
                new LibertyServer(deployment, ServerProcess.start(runtime, directory, NAME, all, variables));
        started.waitUntilItAnswers();
        return started;
    }

    private void waitUntilItAnswers() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            int status = status();
            if (status == 200 || status == 401) {
                return;
            }
            Thread.sleep(500);
        }
        close();
        throw new IOException(deployment.title() + " does not start, see " + process.console());
    }

    /** Without a token: 200 of the open resource, 401 of the others; 404 and 0 while it starts. */
    private int status() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port() + HttpComparison.PATH)
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
        return process.port();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
