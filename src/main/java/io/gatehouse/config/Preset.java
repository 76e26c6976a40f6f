package io.gatehouse.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the servers of one make need: values for an issuer's properties, kept as data in one file for each make. A value
 * may name variables: {@code ${tenant}} has to be given, {@code ${server:default}} need not be, and an element of a list
 * with {@code ${client?}} is left out where it is not given. Immutable.
 */
final class Preset {

    /** The makes there are, as the configuration names them. */
    static final List<String> NAMES = List.of(
            "auth0",
            "authress",
            "cognito",
            "django-oauth-toolkit",
            "entra",
            "globus",
            "google",
            "kernel",
            "keycloak",
            "mesh",
            "okta");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z-]+)(\\?|:[^}]*)?}");

    private final String name;
    private final Map<String, String> values;
    private final Map<String, Set<String>> missing;

    private Preset(String name, Map<String, String> values, Map<String, Set<String>> missing) {
        this.name = name;
        this.values = values;
        this.missing = missing;
    }

    /** Nothing is known about the server. */
    static Preset none() {
        return new Preset("", Map.of(), Map.of());
    }

    /** The preset of this name, its variables still open; empty where there is none. */
    static Optional<Preset> named(String name) {
        return NAMES.contains(name) ? Optional.of(new Preset(name, load(name), Map.of())) : Optional.empty();
    }

    private static Map<String, String> load(String name) {
        java.util.Properties file = new java.util.Properties();
        try (InputStream in = Preset.class.getResourceAsStream("presets/" + name + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("the preset " + name + " is not in the jar");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            file.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, String> values = new TreeMap<>();
        file.stringPropertyNames().forEach(key -> values.put(key, file.getProperty(key)));
        return values;
    }

    String name() {
        return name;
    }

    /** Fills the variables in. Values that lack one are left out, and named by {@link #missing}. */
    Preset with(Map<String, String> variables) {
        Map<String, String> filled = new TreeMap<>();
        Map<String, Set<String>> lacking = new TreeMap<>();
        values.forEach((ending, value) -> {
            Set<String> names = new TreeSet<>();
            List<String> elements = new ArrayList<>();
            for (String element : value.split(",", -1)) {
                fill(element, variables, names).ifPresent(elements::add);
            }
            if (!names.isEmpty()) {
                lacking.put(ending, names);
            } else if (!elements.isEmpty()) {
                filled.put(ending, String.join(",", elements));
            }
        });
        return new Preset(name, filled, lacking);
    }

    private static Optional<String> fill(String element, Map<String, String> variables, Set<String> lacking) {
        StringBuilder filled = new StringBuilder();
        Matcher variable = VARIABLE.matcher(element);
        while (variable.find()) {
            String value = variables.get(variable.group(1));
            String otherwise = variable.group(2);
            if (value == null && "?".equals(otherwise)) {
                return Optional.empty();
            }
            if (value == null && otherwise == null) {
                lacking.add(variable.group(1));
            }
            String text = value != null ? value : otherwise == null ? "" : otherwise.substring(1);
            variable.appendReplacement(filled, Matcher.quoteReplacement(text));
        }
        return Optional.of(variable.appendTail(filled).toString());
    }

    /** The names of all variables that the preset knows. */
    Set<String> variables() {
        Set<String> names = new TreeSet<>();
        values.values().forEach(value -> VARIABLE.matcher(value).results().forEach(found -> names.add(found.group(1))));
        return names;
    }

    /** The names of the variables in one value. */
    Set<String> variablesOf(String ending) {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(values.getOrDefault(ending, "")).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** Whether a variable is the host of a URL. */
    boolean isHost(String variable) {
        return values.values().stream()
                .anyMatch(
                        value -> value.contains("://${" + variable + "}") || value.contains("://${" + variable + "?}"));
    }

    /** The variables that were not given, by the ending of the property that needs them. */
    Map<String, Set<String>> missing() {
        return missing;
    }

    /** All values, by the part of a property's name that follows the issuer's name. */
    Map<String, String> values() {
        return values;
    }

    Optional<String> value(String ending) {
        return Optional.ofNullable(values.get(ending));
    }
}
