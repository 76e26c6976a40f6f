package io.gatehouse.config;

import io.gatehouse.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads typed values, and collects what is wrong with them instead of stopping at the first. For one thread. */
final class PropertyValues {

    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");

    private final Properties properties;
    private final List<ConfigProblem> problems = new ArrayList<>();

    PropertyValues(Properties properties) {
        this.properties = properties;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    void problem(ConfigProperty property, String problem) {
        problems.add(new ConfigProblem(property.propertyName(), problem));
    }

    /** Something is wrong with a property that has a name of the user's choice in it. */
    void problem(ConfigProperty property, String chosenName, String problem) {
        problems.add(new ConfigProblem(property.nameWith(chosenName), problem));
    }

    Optional<String> text(ConfigProperty property) {
        return properties.value(property.propertyName());
    }

    /**
     * Comma-separated, as MicroProfile Config writes lists; a backslash keeps a comma. A list of nothing but commas is a
     * problem: taken for an absent one, it would silently switch off what it was meant to set.
     */
    Optional<List<String>> list(ConfigProperty property) {
        return read(property, "a list with an element", text -> Optional.of(split(text))
                .filter(list -> !list.isEmpty()));
    }

    static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        for (String element : text.split("(?<!\\\\),", -1)) {
            String stripped = element.replace("\\,", ",").strip();
            if (!stripped.isEmpty()) {
                elements.add(stripped);
            }
        }
        return List.copyOf(elements);
    }

    /** The value of a name that is not listed in {@link ConfigProperty}, because a part of it is the user's. */
    Optional<String> value(String name) {
        return properties.value(name);
    }

    /** What stands for {@code <role>} in the names that are set of a property such as {@code gatehouse.roles.map.<role>}. */
    List<String> namesAfter(ConfigProperty property) {
        List<String> names = new ArrayList<>();
        properties.names().forEach(name -> property.chosenPart(name).ifPresent(names::add));
        return names;
    }

    /** A URL that may be spoken to; null after a problem was noted, or where there is none. */
    @Nullable URI url(ConfigProperty property, HttpSettings http) {
        String text = text(property).orElse(null);
        if (text == null) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException notAUri) {
            problem(property, text.contains("@") ? "is not a URL" : "\"" + text + "\" is not a URL");
            return null;
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            problem(property, "has a user name or password in its URL, and these are never sent");
            return null;
        }
        if (uri.getHost() == null) {
            problem(property, "\"" + text + "\" names no host");
            return null;
        }
        if (!http.permits(uri)) {
            problem(
                    property,
                    "\"" + text + "\" is not https: whoever is on the way could read tokens or forge answers. Use"
                            + " https, or accept that with " + ConfigProperty.ALLOW_PLAIN_HTTP.propertyName()
                            + "=true");
            return null;
        }
        return uri;
    }

    boolean flag(ConfigProperty property) {
        return read(property, "true or false", text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.<Boolean>empty();
                })
                .orElse(false);
    }

    int positiveNumber(ConfigProperty property, int fallback, int maximum) {
        return read(property, "a whole number from 1 to " + maximum, text -> number(text)
                        .filter(n -> n >= 1 && n <= maximum))
                .map(Long::intValue)
                .orElse(fallback);
    }

    /** MicroProfile JWT gives these two as whole seconds. */
    Optional<Duration> seconds(ConfigProperty property, Duration maximum) {
        return read(property, "whole seconds from 0 to " + maximum.toSeconds(), text -> number(text)
                .filter(n -> n >= 0 && n <= maximum.toSeconds())
                .map(Duration::ofSeconds));
    }

    Duration duration(ConfigProperty property, Duration fallback, Duration minimum, Duration maximum) {
        String right = "a duration from " + minimum + " to " + maximum + ", such as PT30S or 30s";
        return read(property, right, text -> parseDuration(text)
                        .filter(d -> d.compareTo(minimum) >= 0 && d.compareTo(maximum) <= 0))
                .orElse(fallback);
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher simple = SIMPLE_DURATION.matcher(text);
        if (simple.matches()) {
            long amount = Long.parseLong(simple.group(1));
            String unit = simple.group(2) == null ? "s" : simple.group(2);
            return Optional.of(
                    switch (unit) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        case "d" -> Duration.ofDays(amount);
                        default -> Duration.ofSeconds(amount);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notIso8601) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> read(ConfigProperty property, String right, Function<String, Optional<T>> parser) {
        Optional<String> text = text(property);
        Optional<T> value = text.flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            problem(property, "\"" + text.get() + "\" is not " + right);
        }
        return value;
    }
}
