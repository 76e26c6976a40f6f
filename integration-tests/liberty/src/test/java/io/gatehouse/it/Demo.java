package io.gatehouse.it;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The demo's WAR as it was built, and where it answers. */
final class Demo {

    private static final URI ROOT = URI.create("http://localhost:" + System.getProperty("http.port"));

    /** The embedded issuer of the demo has an address, and stays closed. */
    static final Map<String, String> CLOSED_ISSUER =
            Map.of("demo.url", "http://localhost", "demo.issuer", "http://localhost/issuer");

    /** The demo's own client has to be there, and calls nobody. */
    private static final Map<String, String> IDLE_CLIENT =
            Map.of("gatehouse.clients.errand.grant", "none", "gatehouse.clients.errand.targets", "http://localhost");

    private Demo() {}

    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("demo.war")));
    }

    /** The same application with another configuration in the place of its own. */
    static WebArchive war(Map<String, String> properties) {
        return configured(war(), properties);
    }

    /** The same under {@code /name}, as one application of several. */
    static WebArchive war(String name, Map<String, String> properties) {
        WebArchive named = ShrinkWrap.create(WebArchive.class, name + ".war").merge(war());
        named.delete("/WEB-INF/ibm-web-ext.xml");
        return configured(named, properties);
    }

    private static WebArchive configured(WebArchive war, Map<String, String> properties) {
        war.delete("/WEB-INF/classes/META-INF/microprofile-config.properties");
        return war.addAsResource(new StringAsset(text(properties)), "META-INF/microprofile-config.properties");
    }

    /** As a properties file, escaped where that format wants it. */
    private static String text(Map<String, String> properties) {
        Properties file = new Properties();
        file.putAll(IDLE_CLIENT);
        file.putAll(properties);
        StringWriter text = new StringWriter();
        try {
            file.store(text, null);
        } catch (IOException unheardOf) {
            throw new UncheckedIOException(unheardOf);
        }
        return text.toString();
    }

    /** Everything that the server has written so far. */
    static String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("liberty.logs")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /** The lines of the server's log that hold all of these words. */
    static List<String> messages(String... words) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(System.getProperty("liberty.logs"), "messages.log"))) {
            return lines.filter(line -> Stream.of(words).allMatch(line::contains))
                    .toList();
        }
    }

    static URI at(String path) {
        return ROOT.resolve(path);
    }
}
