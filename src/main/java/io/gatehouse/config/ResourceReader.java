package io.gatehouse.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reads the text behind a location that names a file or a class path resource. Stateless. */
final class ResourceReader {

    /** No key file is as long as this. */
    private static final int MAXIMUM_SIZE = 1024 * 1024;

    private static final String CLASS_PATH = "classpath:";

    private final ClassLoader classLoader;

    ResourceReader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    static boolean isRemote(String location) {
        String lower = location.toLowerCase(Locale.ROOT);
        return lower.startsWith("http:") || lower.startsWith("https:");
    }

    /** MicroProfile JWT 2.1 §9.2.3: a file, or else a class path resource, with or without a scheme that says so. */
    String read(String location) throws IOException {
        Path file = file(location);
        byte[] bytes = file == null ? readResource(location) : readFile(file);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The file or directory that a location means; null where it means a class path resource. */
    static @Nullable Path file(String location) {
        if (location.startsWith("file:")) {
            return Path.of(URI.create(location));
        }
        if (location.startsWith(CLASS_PATH)) {
            return null;
        }
        Path file = Path.of(location);
        return Files.isRegularFile(file) || Files.isDirectory(file) ? file : null;
    }

    /** The text behind the location that a property names; null after a problem was noted. */
    @Nullable String read(ConfigProperty property, String location, PropertyValues values) {
        try {
            return read(location);
        } catch (IOException | IllegalArgumentException unreadable) {
            values.problem(property, unreadable(location, unreadable));
            return null;
        }
    }

    /** Somebody may have put the key itself where its location belongs. */
    static String unreadable(String location, Exception reason) {
        boolean keyItself = location.contains("-----") || location.contains("{") || location.length() > 200;
        return keyItself
                ? "the value is not the location of a file or class path resource"
                : "\"" + location + "\" cannot be read: " + reason.getMessage();
    }

    /** A TLS context with the certificate of a PKCS#12 or JKS file, and the platform's trust. */
    SSLContext sslContext(String location, String password) throws IOException, GeneralSecurityException {
        Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        KeyStore keyStore = KeyStore.getInstance(file.toFile(), password.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static byte[] readFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return readBounded(in);
        }
    }

    byte[] readResource(String location) throws IOException {
        String name = location.startsWith(CLASS_PATH) ? location.substring(CLASS_PATH.length()) : location;
        URL resource = classLoader.getResource(name.startsWith("/") ? name.substring(1) : name);
        if (resource == null) {
            throw new IOException("there is no such file or class path resource");
        }
        try (InputStream in = resource.openStream()) {
            return readBounded(in);
        }
    }

    private static byte[] readBounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAXIMUM_SIZE + 1);
        if (bytes.length > MAXIMUM_SIZE) {
            throw new IOException("it is longer than " + MAXIMUM_SIZE + " bytes");
        }
        return bytes;
    }
}
