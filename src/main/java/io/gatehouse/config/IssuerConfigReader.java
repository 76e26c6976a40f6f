package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.INTROSPECTION_BEARER_TOKEN;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CLIENT_SECRET;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_KEY_STORE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_PRIVATE_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_SIGNED_ANSWERS;
import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.ISSUER_DISCOVERY;
import static io.gatehouse.config.ConfigProperty.ISSUER_JWKS_URI;
import static io.gatehouse.config.ConfigProperty.ISSUER_PRESET;
import static io.gatehouse.config.ConfigProperty.ISSUER_PRESET_VALUES;
import static io.gatehouse.config.ConfigProperty.JWKS_COOLDOWN;
import static io.gatehouse.config.ConfigProperty.JWKS_REFRESH_AFTER;
import static io.gatehouse.config.ConfigProperty.JWKS_USABLE_FOR;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.TOKEN_TYPES;
import static io.gatehouse.config.ConfigProperty.VALIDATION;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.RemoteJwkSetSettings;
import io.gatehouse.keys.SignatureProvider;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.TrustedIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of one issuer: its own properties, then those of its preset, then what it shares with all
 * others. For one thread.
 */
final class IssuerConfigReader {

    private static final List<ConfigProperty> PROOFS = List.of(
            INTROSPECTION_BEARER_TOKEN,
            INTROSPECTION_CLIENT_SECRET,
            INTROSPECTION_PRIVATE_KEY_LOCATION,
            INTROSPECTION_KEY_STORE);

    /** What stands behind {@code https://} in a preset. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?");

    private final String name;
    private final PropertyValues values;
    private final ResourceReader resources;
    private final KeyConfigReader keys;

    IssuerConfigReader(String name, PropertyValues all, ResourceReader resources, SignatureProvider provider) {
        this.name = name;
        this.values = all.of(name, preset(all.of(name, Preset.none())));
        this.resources = resources;
        this.keys = new KeyConfigReader(values, resources, provider);
    }

    /** The issuer; empty after a problem was noted that leaves nothing to check. */
    Optional<IssuerConfig> read(HttpSettings http) {
        int problemsBefore = values.problems().size();
        values.refuseDoubles();
        refuseMissingVariables();
        TrustedIssuer issuer = new TrustedIssuer(name, identifiers());
        if (values.problems().size() > problemsBefore) {
            return Optional.empty();
        }
        ValidationMode mode = mode();
        RoleConfigReader roles = new RoleConfigReader(values, resources);
        RoleSettings signedRoles = roles.ofSignedTokens();
        ClaimsPolicy claims = new ClaimsConfigReader(values).read(issuer);
        LocalValidation local = local(mode, claims, http);
        // Also where no token is asked about as a rule: a resource may be @Introspected.
        boolean asked = mode.asks() || hasIntrospectionEndpoint();
        if (!asked) {
            refuseSettingsOfNoEndpoint();
        }
        RemoteValidation remote =
                asked ? new IntrospectionConfigReader(values, resources).read(claims, http, roles.ofAnswers()) : null;
        return Optional.of(new IssuerConfig(issuer, mode, local, remote, signedRoles));
    }

    private static Preset preset(PropertyValues own) {
        String name = own.text(ISSUER_PRESET).orElse(null);
        if (name == null) {
            return Preset.none();
        }
        Optional<Preset> known = Preset.named(name);
        if (known.isEmpty()) {
            own.problem(ISSUER_PRESET, "\"" + name + "\" is not one of " + String.join(", ", Preset.NAMES));
            return Preset.none();
        }
        Map<String, String> variables = new HashMap<>(own.chosen(ISSUER_PRESET_VALUES));
        Set<String> unknown = new HashSet<>(variables.keySet());
        unknown.removeAll(known.get().variables());
        unknown.stream()
                .sorted()
                .forEach(variable -> own.problem(ISSUER_PRESET_VALUES, variable, unknownVariable(known.get())));
        variables.forEach((variable, value) -> {
            if (known.get().isHost(variable) && !HOST.matcher(value).matches()) {
                own.problem(ISSUER_PRESET_VALUES, variable, "\"" + value + "\" is not the name of a host alone");
            }
        });
        own.list(ISSUER).ifPresent(issuers -> variables.putIfAbsent("issuer", issuers.get(0)));
        return known.get().with(variables);
    }

    private static String unknownVariable(Preset preset) {
        return "the preset " + preset.name() + " has no such variable, but " + String.join(", ", preset.variables());
    }

    private void refuseMissingVariables() {
        Preset preset = values.preset();
        preset.missing().forEach((ending, variables) -> {
            boolean needed = Arrays.stream(ConfigProperty.values())
                    .filter(property ->
                            property.isPerIssuer() && property.ending().matches(ending))
                    .allMatch(property -> values.text(property).isEmpty());
            // An endpoint that the preset would know is of use only to those who ask there.
            boolean ofUse = !ending.startsWith("introspection.") || asksByName();
            if (needed && ofUse) {
                variables.forEach(variable -> refuseMissing(preset, variable, ending));
            }
        });
    }

    private boolean asksByName() {
        return values.text(VALIDATION)
                .flatMap(ValidationMode::named)
                .filter(ValidationMode::asks)
                .isPresent();
    }

    private void refuseMissing(Preset preset, String variable, String ending) {
        String property = variable.equals("issuer")
                ? values.name(ISSUER)
                : ISSUER_PRESET_VALUES.nameFor(name).with(variable);
        ConfigProblem problem = new ConfigProblem(
                property, "is missing: the preset " + preset.name() + " needs it for \"" + ending + "\"");
        boolean told =
                values.problems().stream().anyMatch(known -> known.property().equals(property));
        if (!told) {
            values.problems().add(problem);
        }
    }

    private Set<IssuerIdentifier> identifiers() {
        Set<IssuerIdentifier> identifiers = new HashSet<>();
        for (String text : values.list(ISSUER).orElse(List.of())) {
            IssuerIdentifier.parse(text)
                    .ifPresentOrElse(
                            identifiers::add,
                            () -> values.problem(
                                    ISSUER,
                                    "\"" + text + "\" is no template: one claim's name in braces, in the path behind a"
                                            + " host, such as https://login.example.com/clients/{sub}"));
        }
        return identifiers;
    }

    private ValidationMode mode() {
        boolean endpoint = hasIntrospectionEndpoint();
        ValidationMode byDefault =
                !endpoint ? ValidationMode.JWT : hasKeys() ? ValidationMode.AUTO : ValidationMode.INTROSPECTION;
        String text = values.text(VALIDATION).orElse(null);
        if (text == null) {
            return byDefault;
        }
        ValidationMode mode = ValidationMode.named(text).orElse(null);
        if (mode == null) {
            values.problem(VALIDATION, "\"" + text + "\" is not jwt, introspection, auto or both");
            return byDefault;
        }
        return mode;
    }

    /** A preset or the metadata know where the endpoint is; whether we may ask there, they do not. */
    private boolean hasIntrospectionEndpoint() {
        boolean proven =
                PROOFS.stream().anyMatch(property -> values.text(property).isPresent());
        boolean placed = values.text(INTROSPECTION_ENDPOINT).isPresent()
                || new DiscoveryConfigReader(values).wanted().isPresent();
        return values.isOwn(INTROSPECTION_ENDPOINT) || (placed && proven);
    }

    private boolean hasKeys() {
        boolean discovered = new DiscoveryConfigReader(values).wanted().isPresent();
        boolean placed = Stream.of(PUBLIC_KEY, PUBLIC_KEY_LOCATION, ISSUER_JWKS_URI, ISSUER_DISCOVERY)
                .anyMatch(property -> values.text(property).isPresent());
        // Who names the endpoint and no keys, wants it to be asked: that there might be metadata is no wish for keys.
        boolean wished = placed || values.text(INTROSPECTION_ENDPOINT).isEmpty();
        return wished && (discovered || hasPlacedKeys());
    }

    private boolean hasPlacedKeys() {
        return Stream.of(PUBLIC_KEY, PUBLIC_KEY_LOCATION, ISSUER_JWKS_URI)
                .anyMatch(property -> values.text(property).isPresent());
    }

    private void refuseSettingsOfNoEndpoint() {
        Arrays.stream(ConfigProperty.values())
                .filter(property -> property.ending().template().startsWith("introspection."))
                .filter(property -> values.isOwn(property))
                .forEach(property -> values.problem(property, "is about introspection, and " + lackOfEndpoint()));
    }

    private String lackOfEndpoint() {
        return values.text(INTROSPECTION_ENDPOINT).isEmpty()
                ? values.name(INTROSPECTION_ENDPOINT) + " is not set"
                : "nothing proves who asks: set one of "
                        + String.join(", ", PROOFS.stream().map(values::name).toList());
    }

    /** The keys are also read where they serve to verify the server's signed answers only. */
    private @Nullable LocalValidation local(ValidationMode mode, ClaimsPolicy claims, HttpSettings http) {
        if (!mode.verifiesHere() && !values.flag(INTROSPECTION_SIGNED_ANSWERS)) {
            return null;
        }
        if (claims.issuer().identifiers().isEmpty()) {
            values.problem(
                    ISSUER,
                    "is missing: set " + variablesOfPreset() + "it to the exact \"iss\" value of your authorization"
                            + " server's tokens, such as https://login.example.com/realms/main");
        }
        KeyPolicy keyPolicy = keys.keyPolicy();
        KeySource keySource = keys.keySource(keyPolicy, http);
        RemoteJwkSetSettings remoteKeys = remoteKeys();
        return keySource == null
                ? null
                : new LocalValidation(claims, keySource, keyPolicy, remoteKeys, types(), keysProperty());
    }

    /** A preset may know the issuer but for a variable or two, and need any of them. */
    private String variablesOfPreset() {
        Set<String> variables = Preset.named(values.preset().name())
                .map(preset -> preset.variablesOf("issuer"))
                .orElse(Set.of());
        String names = variables.stream()
                .map(variable -> ISSUER_PRESET_VALUES.nameFor(name).with(variable))
                .collect(Collectors.joining(" or "));
        return names.isEmpty()
                ? ""
                : names + " for the preset " + values.preset().name() + ", or ";
    }

    private String keysProperty() {
        return Stream.of(PUBLIC_KEY, PUBLIC_KEY_LOCATION, ISSUER_JWKS_URI)
                .filter(property -> values.text(property).isPresent())
                .findFirst()
                .map(values::name)
                .orElseGet(() -> values.name(ISSUER_DISCOVERY));
    }

    private Set<String> types() {
        return values.list(TOKEN_TYPES)
                .map(list -> list.stream()
                        .map(type -> type.toLowerCase(Locale.ROOT).replaceFirst("^application/", ""))
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(JwtSettings.DEFAULT_TYPES);
    }

    private RemoteJwkSetSettings remoteKeys() {
        RemoteJwkSetSettings defaults = RemoteJwkSetSettings.defaults();
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);
        Duration refreshAfter = values.duration(JWKS_REFRESH_AFTER, defaults.refreshAfter(), second, day);
        Duration usableFor = values.duration(JWKS_USABLE_FOR, defaults.usableFor(), second, day.multipliedBy(30));
        Duration cooldown = values.duration(JWKS_COOLDOWN, defaults.cooldown(), second, day);
        if (usableFor.compareTo(refreshAfter) <= 0 || usableFor.compareTo(cooldown) <= 0) {
            values.problem(
                    JWKS_USABLE_FOR,
                    "is " + usableFor + ": keys would be distrusted before they are renewed (after " + refreshAfter
                            + ", " + cooldown + " after a failure)");
        }
        return new RemoteJwkSetSettings(refreshAfter, usableFor, cooldown, defaults.reserve());
    }
}
