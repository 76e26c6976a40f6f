package io.gatehouse.it;

import io.gatehouse.server.ServerProcess;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An Open Liberty of its own that has no {@code appSecurity}, with applications under their names. */
final class ServerWithoutSecurity implements AutoCloseable {

    private static final String NAME = "plain";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerProcess process;

    private ServerWithoutSecurity(ServerProcess process) {
        this.process = process;
    }

    /** The application with the API that Gatehouse is written to. */
    static WebArchive withApi(WebArchive application) {
        try {
            return application.addAsLibrary(new File(IdentityStore.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException notAFile) {
            throw new AssertionError(notAFile);
        }
    }

    /** Starts it, and waits until each application has started or failed to. */
    static ServerWithoutSecurity start(String directory, WebArchive... applications) throws IOException {
        Path runtime = Path.of(System.getProperty("liberty.home"));
        Path home = runtime.resolveSibling("without-security").resolve(directory);
        Path server = ServerProcess.prepare(home, NAME);
        List<String> names = new ArrayList<>();
        for (WebArchive application : applications) {
            String name = application.getName().replace(".war", "");
            Path war = server.resolve("apps").resolve(application.getName());
            Files.createDirectories(war.getParent());
            application.as(ZipExporter.class).exportTo(war.toFile());
            names.add(name);
        }
        Files.writeString(server.resolve("server.xml"), serverXml(names));
        ServerWithoutSecurity started =
                new ServerWithoutSecurity(ServerProcess.start(runtime, home, NAME, List.of(), Map.of()));
        started.awaitOutcome(names);
        return started;
    }

    private static String serverXml(List<String> applications) {
        StringBuilder xml = new StringBuilder("""
                <server>
                  <featureManager>
                    <feature>restfulWS-3.1</feature>
                    <feature>servlet-6.0</feature>
                    <feature>mpConfig-3.1</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="${env.HTTP_PORT}" httpsPort="-1" />
                """);
        applications.forEach(name -> xml.append(
                "  <webApplication id=\"%1$s\" location=\"%1$s.war\" contextRoot=\"/%1$s\" />\n".formatted(name)));
        return xml.append("</server>\n").toString();
    }

    private void awaitOutcome(List<String> applications) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        for (String name : applications) {
            awaitLine(end, "CWWKZ000", "pplication " + name);
        }
        awaitLine(end, "CWWKF0011I");
    }

    private void awaitLine(Instant end, String... words) throws IOException {
        while (messages(words).isEmpty()) {
            if (Instant.now().isAfter(end) || !process.isAlive()) {
                close();
                throw new AssertionError("no " + List.of(words) + " in " + process.console());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** The lines that the server wrote to its standard output and that hold all of these words. */
    List<String> messages(String... words) throws IOException {
        try (Stream<String> lines = Files.lines(process.console())) {
            return lines.filter(line -> Stream.of(words).allMatch(line::contains))
                    .toList();
        }
    }

    /** Where this path of an application is. */
    String at(String path) {
        return "http://localhost:" + process.port() + path;
    }

    @Override
    public void close() {
        process.close();
    }
}
