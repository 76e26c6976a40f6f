package io.gatehouse.config;

import static java.util.Objects.requireNonNull;

import io.gatehouse.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads typed values, and collects what is wrong with them instead of stopping at the first. For one thread. */
final class PropertyValues {

    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");

    private final Properties properties;
    private @Nullable PropertyNames names;
    private final List<ConfigProblem> problems;
    private final @Nullable IssuerScope scope;
    private final @Nullable ClientScope client;

    /** The issuer whose values are read, and what its server is known to need. */
    private record IssuerScope(String issuer, Preset preset) {
        boolean isDefault() {
            return issuer.equals(GatehouseConfigReader.DEFAULT_ISSUER_NAME);
        }
    }

    /**
     * The client whose values are read.
     *
     * @param aliases what counts where the client has no value of its own, by the ending of the property's name
     */
    private record ClientScope(String name, Map<String, Setting> aliases) {}

    /** @param name under which it was found, for whoever has to change it */
    record Setting(String name, String value) {}

    /** The application's values. */
    PropertyValues(Properties properties) {
        this(properties, null, new ArrayList<>(), null, null);
    }

    private PropertyValues(
            Properties properties,
            @Nullable PropertyNames names,
            List<ConfigProblem> problems,
            @Nullable IssuerScope scope,
            @Nullable ClientScope client) {
        this.client = client;
        this.properties = properties;
        this.names = names;
        this.problems = problems;
        this.scope = scope;
    }

    /** The values of one issuer; problems go to the same list. */
    PropertyValues of(String issuer, Preset preset) {
        return new PropertyValues(properties, names(), problems, new IssuerScope(issuer, preset), null);
    }

    /** The values of one client; problems go to the same list. */
    PropertyValues ofClient(String name, Map<String, Setting> aliases) {
        return new PropertyValues(properties, names(), problems, null, new ClientScope(name, aliases));
    }

    /** The same values; problems go to a list of their own. */
    PropertyValues apart() {
        return new PropertyValues(properties, names(), new ArrayList<>(), scope, client);
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    PropertyNames names() {
        if (names == null) {
            names = PropertyNames.of(properties);
        }
        return names;
    }

    /** The preset of the issuer whose values these are. */
    Preset preset() {
        return requireNonNull(scope).preset();
    }

    /** Whether these are the values of the issuer that MicroProfile JWT's properties describe. */
    boolean isOfDefaultIssuer() {
        return requireNonNull(scope).isDefault();
    }

    /** Whether whoever configures has set the property for this issuer himself. */
    boolean isOwn(ConfigProperty property) {
        IssuerScope issuer = requireNonNull(scope);
        boolean byStandardName =
                issuer.isDefault() && !property.isOfIssuersOnly() && isSet(property.pattern(), names().all());
        return byStandardName
                || isSet(property.nameFor(issuer.issuer()), names().of(issuer.issuer()))
                || properties.value(nameIn(property).template()).isPresent();
    }

    /**
     * The default issuer's properties have two names. Where the shorter one is a default for all issuers, both may be
     * set; otherwise one of them would silently not be in force.
     */
    void refuseDoubles() {
        if (!isOfDefaultIssuer()) {
            return;
        }
        for (ConfigProperty property : ConfigProperty.values()) {
            String longer =
                    property.nameFor(GatehouseConfigReader.DEFAULT_ISSUER_NAME).template();
            boolean both = property.isPerIssuer()
                    && !property.isInherited()
                    && !property.isOfIssuersOnly()
                    && properties.value(longer).isPresent()
                    && properties.value(property.propertyName()).isPresent();
            if (both) {
                problems.add(
                        new ConfigProblem(longer, "is set together with " + property.propertyName() + "; keep one"));
            }
        }
    }

    private boolean isSet(PropertyName property, List<String> among) {
        return among.stream()
                .anyMatch(
                        name -> property.matches(name) && properties.value(name).isPresent());
    }

    void problem(ConfigProperty property, String problem) {
        problems.add(new ConfigProblem(name(property), problem));
    }

    /** Something is wrong with a property that has a name of the user's choice in it. */
    void problem(ConfigProperty property, String chosenName, String problem) {
        problems.add(new ConfigProblem(nameIn(property).with(chosenName), problem));
    }

    /** The name under which the property is set, or, where it is not set, should be. */
    String name(ConfigProperty property) {
        return find(property).map(Setting::name).orElseGet(() -> nameIn(property)
                .template());
    }

    /** The standard's names come first, where there are such. */
    private PropertyName nameIn(ConfigProperty property) {
        if (client != null && property.isOfClients()) {
            return property.nameForClient(client.name());
        }
        if (scope == null || !property.isPerIssuer() || (scope.isDefault() && !property.isOfIssuersOnly())) {
            return property.pattern();
        }
        return property.nameFor(scope.issuer());
    }

    Optional<String> text(ConfigProperty property) {
        return find(property).map(Setting::value);
    }

    private Optional<Setting> find(ConfigProperty property) {
        if (client != null && property.isOfClients()) {
            String ending = property.ending().template();
            return setting(nameIn(property).template())
                    .or(() -> Optional.ofNullable(client.aliases().get(ending)));
        }
        if (scope == null || !property.isPerIssuer()) {
            return setting(property.propertyName());
        }
        Optional<Setting> own = setting(property.nameFor(scope.issuer()).template());
        if (own.isEmpty() && scope.isDefault() && !property.isOfIssuersOnly()) {
            own = setting(property.propertyName());
        }
        return own.or(() -> preset(property.ending().template()))
                .or(() -> property.isInherited() ? setting(property.propertyName()) : Optional.empty());
    }

    /**
     * The lists of the issuer, of its preset, and of the application where that counts: for what only ever asks for more,
     * because none of them meant to waive what another asks for.
     */
    List<List<String>> everyList(ConfigProperty property) {
        list(property); // notes what is wrong
        Stream<Setting> application =
                property.isInherited() ? setting(property.propertyName()).stream() : Stream.empty();
        return Stream.of(find(property).stream(), preset(property.ending().template()).stream(), application)
                .flatMap(settings -> settings)
                .distinct()
                .map(setting -> split(setting.value()))
                .toList();
    }

    private Optional<Setting> setting(String name) {
        return properties.value(name).map(value -> new Setting(name, value));
    }

    private Optional<Setting> preset(String ending) {
        IssuerScope issuer = requireNonNull(scope);
        return issuer.preset()
                .value(ending)
                .map(value -> new Setting(ConfigProperty.ISSUERS_PREFIX + issuer.issuer() + "." + ending, value));
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
        List<String> chosen = new ArrayList<>();
        names().all().forEach(name -> property.pattern().chosenPart(name).ifPresent(chosen::add));
        return chosen;
    }

    /** The values of a client's property such as {@code …parameters.<parameter>}, by what stands for {@code <parameter>}. */
    Map<String, String> chosenOfClient(ConfigProperty property) {
        Map<String, String> values = new TreeMap<>();
        String name = requireNonNull(client).name();
        names().ofClient(name).forEach(set -> put(property.nameForClient(name), set, values));
        return values;
    }

    /** The values of an issuer's property such as {@code gatehouse.roles.map.<role>}, by what stands for {@code <role>}. */
    Map<String, String> chosen(ConfigProperty property) {
        IssuerScope issuer = requireNonNull(scope);
        Map<String, String> values = new TreeMap<>();
        issuer.preset().values().forEach((ending, value) -> property.ending()
                .chosenPart(ending)
                .ifPresent(chosen -> values.put(chosen, value)));
        if (issuer.isDefault()) {
            names().all().forEach(name -> put(property.pattern(), name, values));
        }
        names().of(issuer.issuer()).forEach(name -> put(property.nameFor(issuer.issuer()), name, values));
        return values;
    }

    private void put(PropertyName property, String name, Map<String, String> values) {
        property.chosenPart(name)
                .ifPresent(chosen -> properties.value(name).ifPresent(value -> values.put(chosen, value)));
    }

    /** A URL that may be spoken to; null after a problem was noted, or where there is none. */
    @Nullable URI url(ConfigProperty property, HttpSettings http) {
        String text = text(property).orElse(null);
        return text == null ? null : url(property, text, http);
    }

    /** The text as a URL that may be spoken to; null after a problem was noted. */
    @Nullable URI url(ConfigProperty property, String text, HttpSettings http) {
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
            problem(property, text.contains("@") ? "names no host" : "\"" + text + "\" names no host");
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
