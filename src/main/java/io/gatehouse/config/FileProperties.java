package io.gatehouse.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of a file, where no MicroProfile Config is: system properties come first, then environment variables, then
 * the file, and a value may name others ({@code ${other}}, {@code ${other:default}}), as that has it. Immutable.
 */
final class FileProperties implements Properties {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^${}:]+)(?::([^${}]*))?}");

    /** Values that name values that name values: no configuration is deeper than this. */
    private static final int DEPTH = 5;

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Map<String, String> system;

    private FileProperties(Map<String, String> file, Map<String, String> environment, Map<String, String> system) {
        this.file = Map.copyOf(file);
        this.environment = Map.copyOf(environment);
        this.system = Map.copyOf(system);
    }

    /** Reads a file in UTF-8. */
    static FileProperties read(Path path, Map<String, String> environment, Map<String, String> system)
            throws IOException {
        java.util.Properties read = new java.util.Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (IllegalArgumentException malformed) { // a wrong Unicode escape
            throw new IOException(malformed.getMessage(), malformed);
        }
        Map<String, String> values = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> values.put(name, read.getProperty(name)));
        return new FileProperties(values, environment, system);
    }

    @Override
    public Optional<String> value(String name) {
        return raw(name)
                .flatMap(text -> expanded(text, DEPTH))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private Optional<String> raw(String name) {
        return Optional.ofNullable(system.get(name))
                .or(() -> Optional.ofNullable(environment.get(name)))
                .or(() -> Optional.ofNullable(environment.get(name.replaceAll("[^A-Za-z0-9]", "_"))))
                .or(() -> Optional.ofNullable(environment.get(ConfigProperty.environmentName(name))))
                .or(() -> Optional.ofNullable(file.get(name)));
    }

    /** Empty where it names something that is not set: as good as not set itself. */
    private Optional<String> expanded(String text, int depth) {
        Matcher expression = EXPRESSION.matcher(text);
        if (!expression.find()) {
            return Optional.of(text);
        }
        if (depth == 0) {
            return Optional.empty();
        }
        StringBuilder expanded = new StringBuilder();
        do {
            Optional<String> value = raw(expression.group(1)).or(() -> Optional.ofNullable(expression.group(2)));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            expression.appendReplacement(expanded, Matcher.quoteReplacement(value.get()));
        } while (expression.find());
        return expanded(expression.appendTail(expanded).toString(), depth - 1);
    }

    @Override
    public Iterable<String> names() {
        Set<String> names = new LinkedHashSet<>(file.keySet());
        system.keySet().stream()
                .filter(name -> name.startsWith(ConfigProperty.OWN_PREFIX) || name.startsWith("mp.jwt."))
                .forEach(names::add);
        return names;
    }
}
