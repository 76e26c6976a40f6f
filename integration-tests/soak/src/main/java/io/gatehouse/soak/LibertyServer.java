package io.gatehouse.soak;

import io.gatehouse.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An Open Liberty in a process of its own, with one application. */
final class LibertyServer implements AutoCloseable {

    private static final String NAME = "soak";

    /** What is only softly held may go with every collection: that it stays while there is room is no leak. */
    private static final List<String> OPTIONS = List.of("-Xms256m", "-Xmx512m", "-XX:SoftRefLRUPolicyMSPerMB=0");

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration UPDATE = Duration.ofMinutes(2);
    private static final String STARTED = "CWWKZ0001I";
    private static final String UPDATED = "CWWKZ0003I";

    private final Path directory;
    private final ServerProcess process;
    private int updates;

    private LibertyServer(Path directory, ServerProcess process) {
        this.directory = directory;
        this.process = process;
    }

    /**
     * Starts a server and waits until it has started its application.
     *
     * @param runtime an unpacked Open Liberty; nothing in it is changed
     * @param directory where the server's own files go; what was there is deleted
     */
    static LibertyServer start(Path runtime, Path directory, byte[] war) throws IOException, InterruptedException {
        Path server = ServerProcess.prepare(directory, NAME);
        try (InputStream serverXml = LibertyServer.class.getResourceAsStream("server.xml")) {
            Files.write(server.resolve("server.xml"), serverXml.readAllBytes());
        }
        Files.write(Files.createDirectories(server.resolve("apps")).resolve("application.war"), war);
        LibertyServer started =
                new LibertyServer(directory, ServerProcess.start(runtime, directory, NAME, OPTIONS, Map.of()));
        try {
            started.await(STARTED, 1, START);
        } catch (IOException | InterruptedException notStarted) {
            started.close();
            throw notStarted;
        }
        return started;
    }

    /** Puts another archive in the place of the application's, and waits until the server has taken notice. */
    void redeploy(byte[] war) throws IOException, InterruptedException {
        Path fresh = directory.resolve("fresh.war");
        Files.write(fresh, war);
        Path application = directory.resolve("usr/servers/" + NAME + "/apps/application.war");
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
        return directory.resolve("output/" + NAME + "/logs/messages.log");
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
