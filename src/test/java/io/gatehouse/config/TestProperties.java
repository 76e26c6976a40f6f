package io.gatehouse.config;

import io.gatehouse.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A configuration that is right, to change one property of. */
final class TestProperties implements Properties {

    private final Map<String, String> values = new LinkedHashMap<>();

    private TestProperties() {}

    /** Issuer, key and audience. */
    static TestProperties valid() {
        return new TestProperties()
                .with(ConfigProperty.ISSUER, "https://issuer.example")
                .with(ConfigProperty.PUBLIC_KEY, TestKeys.pem(TestKeys.RSA.getPublic()))
                .with(ConfigProperty.AUDIENCES, "orders-api");
    }

    /** As {@link #valid}, with the key somewhere else. */
    static TestProperties withKeysAt(String location) {
        return valid().without(ConfigProperty.PUBLIC_KEY).with(ConfigProperty.PUBLIC_KEY_LOCATION, location);
    }

    static TestProperties none() {
        return new TestProperties();
    }

    TestProperties with(ConfigProperty property, String value) {
        return with(property.propertyName(), value);
    }

    TestProperties with(String name, String value) {
        values.put(name, value);
        return this;
    }

    TestProperties without(ConfigProperty property) {
        values.remove(property.propertyName());
        return this;
    }

    GatehouseConfig read() {
        return new GatehouseConfigReader(this, TestProperties.class.getClassLoader()).read();
    }

    @Override
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    @Override
    public Iterable<String> names() {
        return values.keySet();
    }
}
