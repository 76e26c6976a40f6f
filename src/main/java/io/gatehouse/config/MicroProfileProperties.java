package io.gatehouse.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** MicroProfile Config's view of the application's properties. */
final class MicroProfileProperties implements Properties {

    private final Config config;
    private final Map<String, String> environment;

    MicroProfileProperties(Config config, Map<String, String> environment) {
        this.config = config;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * Without unknown ones that stand for an environment variable: {@code GATEHOUSE_TOKEN_TYPES} sets
     * {@code gatehouse.token-types}, but servers list it under its own name, or as {@code gatehouse.token.types}.
     */
    @Override
    public Iterable<String> names() {
        List<String> names = new ArrayList<>();
        for (String name : config.getPropertyNames()) {
            if (ConfigProperty.isKnown(name) || !standsForVariable(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private boolean standsForVariable(String name) {
        return environment.containsKey(name) || environment.containsKey(ConfigProperty.environmentName(name));
    }
}
