package io.gatehouse.benchmarks.http;

import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a WAR together, as a directory that Open Liberty takes for one. Stateless. */
final class WarDirectory {

    private WarDirectory() {}

    static void write(Path war, Deployment deployment) throws IOException {
        Path classes = war.resolve("WEB-INF/classes");
        for (Class<?> type : deployment.classes()) {
            copy("/" + type.getName().replace('.', '/') + ".class", classes);
        }
        for (Class<?> inJar : deployment.libraries()) {
            Path libraries = Files.createDirectories(war.resolve("WEB-INF/lib"));
            Path jar = jarOf(inJar);
            Files.copy(jar, libraries.resolve(jar.getFileName()));
        }
    }

    private static void copy(String resource, Path directory) throws IOException {
        Path target = directory.resolve(resource.substring(1));
        Files.createDirectories(target.getParent());
        try (InputStream in = Application.class.getClassLoader().getResourceAsStream(resource.substring(1))) {
            Files.write(target, in.readAllBytes());
        }
    }

    private static Path jarOf(Class<?> type) throws IOException {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                throw new IOException("run `mvn package` first and start benchmarks.jar: " + jar + " is no jar");
            }
            return jar;
        } catch (URISyntaxException notAFile) {
            throw new IOException(notAFile);
        }
    }
}
