package io.gatehouse.config;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** MicroProfile Config's view of the application's properties. */
final class MicroProfileProperties implements Properties {

    private final Config config;

    MicroProfileProperties(Config config) {
        this.config = config;
    }

    @Override
    public Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    @Override
    public Iterable<String> names() {
        return config.getPropertyNames();
    }
}
