package io.gatehouse.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The demo's WAR as it was built, and where it answers. */
final class Demo {

    private static final URI ROOT = URI.create("http://localhost:" + System.getProperty("http.port"));

    private Demo() {}

    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("demo.war")));
    }

    /** The same application with another configuration in the place of its own. */
    static WebArchive war(Map<String, String> properties) {
        String text = properties.entrySet().stream()
                .map(property -> property.getKey() + '=' + property.getValue())
                .collect(Collectors.joining("\n"));
        WebArchive war = war();
        war.delete("/WEB-INF/classes/META-INF/microprofile-config.properties");
        return war.addAsResource(new StringAsset(text), "META-INF/microprofile-config.properties");
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

    static URI at(String path) {
        return ROOT.resolve(path);
    }
}
