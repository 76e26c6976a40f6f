package io.gatehouse.tck;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Makes each WAR of the TCK one that uses Gatehouse: adds the libraries that the dependency on it brings, puts the
 * configuration where MicroProfile Config looks for it, and adds what the standard leaves to the implementation.
 */
public final class GatehouseArchiveProcessor implements ApplicationArchiveProcessor {

    private static final String CONFIG = "META-INF/microprofile-config.properties";

    @Override
    public void process(Archive<?> archive, TestClass testClass) {
        WebArchive war = (WebArchive) archive;
        for (String library : System.getProperty("tck.libraries").split(File.pathSeparator)) {
            war.addAsLibrary(new File(library));
        }
        Properties config = config(war);
        VendorConfiguration.complete(config, testClass.getJavaClass().getSimpleName());
        war.delete(CONFIG);
        war.addAsResource(new StringAsset(text(config, applicationName(war))), CONFIG);
    }

    private static Properties config(WebArchive war) {
        Properties config = new Properties();
        Node node = war.get(CONFIG);
        if (node == null) {
            return config;
        }
        try (InputStream in = node.getAsset().openStream()) {
            config.load(in);
            return config;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String applicationName(WebArchive war) {
        return war.getName().replaceFirst("\\.war$", "");
    }

    /** The keys that an application serves itself are at its own context root, which the TCK takes for {@code /}. */
    private static String text(Properties config, String applicationName) {
        StringWriter text = new StringWriter();
        try {
            config.store(text, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().replace("/APPLICATION/", "/" + applicationName + "/");
    }
}
