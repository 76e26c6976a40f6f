package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A properties file is read, or refused with the one exception for that, which shows no secret. */
class ConfigurationFuzz {

    private static final String SECRET = "0hOneSecret7";

    private static final Map<String, String> SECRETS = Map.of(
            "gatehouse.introspection.client-secret", SECRET,
            "gatehouse.introspection.key-store-password", SECRET,
            "gatehouse.key-store-password", SECRET);

    @FuzzTest
    void anyProperties(byte[] file) {
        Map<String, String> properties = read(file);
        SECRETS.forEach(properties::putIfAbsent);
        try {
            assertThat(FuzzedGate.read(properties).issuers()).isNotEmpty();
        } catch (GatehouseConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
            assertThat(refused.getMessage()).doesNotContain(SECRET);
        }
    }

    private static Map<String, String> read(byte[] file) {
        java.util.Properties read = new java.util.Properties();
        try {
            read.load(new ByteArrayInputStream(file));
        } catch (IOException | IllegalArgumentException noPropertiesFile) {
            return new TreeMap<>();
        }
        Map<String, String> properties = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }
}
