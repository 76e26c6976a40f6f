package io.gatehouse.soak;

import io.gatehouse.soak.application.HelloResource;
import io.gatehouse.soak.application.RelayResource;
import io.gatehouse.soak.application.SoakApplication;
import io.gatehouse.token.TokenValidator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The WAR. Immutable. */
final class Archive {

    private static final List<Class<?>> CLASSES =
            List.of(SoakApplication.class, HelloResource.class, RelayResource.class);

    private final Map<String, byte[]> entries = new TreeMap<>();

    /** The application with Gatehouse in it, told this. */
    Archive(Map<String, String> configuration) throws IOException {
        for (Class<?> type : CLASSES) {
            String resource = type.getName().replace('.', '/') + ".class";
            try (InputStream in = Archive.class.getClassLoader().getResourceAsStream(resource)) {
                entries.put("WEB-INF/classes/" + resource, in.readAllBytes());
            }
        }
        for (Class<?> inJar : List.of(TokenValidator.class, JsonWebToken.class)) {
            Path jar = jarOf(inJar);
            entries.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
        entries.put("WEB-INF/classes/META-INF/microprofile-config.properties", properties(configuration));
    }

    private static byte[] properties(Map<String, String> configuration) {
        return configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Path jarOf(Class<?> type) throws IOException {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                throw new IOException("run `mvn package` first and start soak.jar: " + jar + " is no jar");
            }
            return jar;
        } catch (URISyntaxException notAFile) {
            throw new IOException(notAFile);
        }
    }

    /** Its bytes, other ones for each version: a server may keep an archive that did not change. */
    byte[] version(int number) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                add(zip, entry.getKey(), entry.getValue());
            }
            add(zip, "WEB-INF/version.txt", Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
