package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALLOW_PLAIN_HTTP;
import static io.gatehouse.config.ConfigProperty.HEALTH;
import static io.gatehouse.config.ConfigProperty.HTTP_CONNECT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.HTTP_MAXIMUM_RESPONSE_SIZE;
import static io.gatehouse.config.ConfigProperty.HTTP_READ_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.HTTP_TOTAL_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.MAXIMUM_TOKEN_LENGTH;
import static io.gatehouse.config.ConfigProperty.OPAQUE_TOKENS;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.REALM;
import static io.gatehouse.config.ConfigProperty.REFUSALS_COUNT;
import static io.gatehouse.config.ConfigProperty.REFUSALS_PATH;
import static io.gatehouse.config.ConfigProperty.REFUSALS_ROLE;
import static io.gatehouse.config.ConfigProperty.SELF_CHECK;
import static io.gatehouse.config.ConfigProperty.TOKEN_CACHE_KEY;
import static io.gatehouse.config.ConfigProperty.TOKEN_CACHE_LIFETIME;
import static io.gatehouse.config.ConfigProperty.TOKEN_CACHE_MAXIMUM_SIZE;
import static io.gatehouse.config.ConfigProperty.TOKEN_COOKIE;
import static io.gatehouse.config.ConfigProperty.TOKEN_HEADER;
import static io.gatehouse.config.ConfigProperty.VALIDATION;
import static io.gatehouse.config.ConfigProperty.WHO_AM_I_PATH;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.inbound.TokenTransport;
import io.gatehouse.jwt.JweSettings;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.SignatureProvider;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.TokenMemorySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: MicroProfile JWT's names where the standard has one, {@code gatehouse.*} for the rest. All
 * problems are found before the first is told. For one thread.
 */
final class GatehouseConfigReader {

    /** The name of the issuer that {@code mp.jwt.verify.issuer} describes. */
    static final String DEFAULT_ISSUER_NAME = "default";

    static final String DEFAULT_REALM = "gatehouse";
    static final String DEFAULT_COOKIE = "Bearer";

    private static final Pattern ISSUER_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-]+)+");

    private final Properties properties;
    private final String defaultRealm;
    private final PropertyValues values;
    private final ResourceReader resources;
    private final SignatureProvider provider;

    GatehouseConfigReader(Properties properties, ClassLoader classLoader) {
        this(properties, classLoader, DEFAULT_REALM);
    }

    GatehouseConfigReader(Properties properties, ClassLoader classLoader, String defaultRealm) {
        this.properties = properties;
        this.defaultRealm = defaultRealm;
        this.values = new PropertyValues(properties);
        this.resources = new ResourceReader(classLoader);
        this.provider = KeyConfigReader.provider(values, classLoader);
    }

    /**
     * Reads and checks everything.
     *
     * @throws GatehouseConfigException with all problems, if there is one
     */
    GatehouseConfig read() {
        checkNames();
        String realm = realm();
        TokenTransport transport = transport();
        HttpSettings http = http();
        List<IssuerConfig> issuers = issuers(http);
        String opaqueTokens = opaqueTokens(issuers);
        JwtSettings jwt = jwt(issuers);
        PermissionConfig permissions = new PermissionConfigReader(values).read(issuers, http);
        BasicSettings basic = new BasicConfigReader(values).read(http);
        String whoAmIPath = path(WHO_AM_I_PATH);
        OutboundSettings outbound = new ClientsConfigReader(values, resources).read(http, whoAmIPath);
        RefusalListSettings refusals = refusals();
        boolean selfCheck = values.flag(SELF_CHECK);
        health();
        ResourceConfigReader resource = new ResourceConfigReader(values);
        AuthenticationMode mode = resource.mode();
        ResourceMetadataSettings metadata = resource.metadata(issuers, http);
        if (!values.problems().isEmpty()) {
            // What issuers share, each of them has found to be wrong.
            throw new GatehouseConfigException(
                    values.problems().stream().distinct().toList());
        }
        return new GatehouseConfig(
                realm,
                transport,
                issuers,
                opaqueTokens,
                jwt,
                permissions,
                basic,
                mode,
                metadata,
                http,
                whoAmIPath,
                outbound,
                refusals,
                selfCheck,
                names(issuers));
    }

    /** A misspelt name would otherwise be a setting that is silently not in force. */
    private void checkNames() {
        for (String name : properties.names()) {
            if (name.startsWith(ConfigProperty.OWN_PREFIX) && !ConfigProperty.isKnown(name)) {
                String hint = ConfigProperty.nearest(name)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
                values.problems().add(new ConfigProblem(name, "there is no such property" + hint));
            }
        }
    }

    private List<IssuerConfig> issuers(HttpSettings http) {
        Set<String> names = issuerNames();
        if (!names.contains(DEFAULT_ISSUER_NAME)) {
            refuseSettingsOfNoIssuer();
        }
        List<IssuerConfig> issuers = new ArrayList<>();
        for (String name : names) {
            if (ISSUER_NAME.matcher(name).matches()) {
                new IssuerConfigReader(name, values, resources, provider)
                        .read(http)
                        .ifPresent(issuers::add);
            } else {
                values.problems()
                        .add(new ConfigProblem(
                                ConfigProperty.ISSUERS_PREFIX + name,
                                "an issuer's name has letters, digits, - and _ only, 64 at most"));
            }
        }
        refuseSharedIdentifiers(issuers);
        refuseOverlappingTemplates(issuers);
        return issuers;
    }

    /** What the issuers are called: by the names of the properties alone. */
    Set<String> issuerNames() {
        Set<String> names = new TreeSet<>(values.names().issuers());
        if (names.isEmpty() || hasDefaultIssuer()) {
            names.add(DEFAULT_ISSUER_NAME);
        }
        return names;
    }

    /** What readiness says of the issuers: known before the rest is, because checks are beans. */
    HealthMode health() {
        String mode = values.text(HEALTH).orElse("off");
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "off" -> HealthMode.OFF;
            case "degraded" -> HealthMode.DEGRADED;
            case "down" -> HealthMode.DOWN;
            default -> {
                values.problem(HEALTH, "\"" + mode + "\" is not off, degraded or down");
                yield HealthMode.OFF;
            }
        };
    }

    private boolean hasDefaultIssuer() {
        return Stream.of(ISSUER, PUBLIC_KEY, PUBLIC_KEY_LOCATION, INTROSPECTION_ENDPOINT, VALIDATION)
                .anyMatch(property -> values.text(property).isPresent());
    }

    /** They would silently not be in force. */
    private void refuseSettingsOfNoIssuer() {
        for (String name : values.names().all()) {
            Arrays.stream(ConfigProperty.values())
                    .filter(property -> property.isPerIssuer() && !property.isInherited())
                    .filter(property -> property.pattern().matches(name)
                            && properties.value(name).isPresent())
                    .findFirst()
                    .ifPresent(property -> values.problems()
                            .add(new ConfigProblem(
                                    name,
                                    "belongs to the issuer of " + ISSUER.propertyName()
                                            + ", and that is not set. Each named issuer has its own: "
                                            + property.nameFor("<issuer>").template())));
        }
    }

    /** A token must not have two issuers: it could choose the milder one. */
    private void refuseSharedIdentifiers(List<IssuerConfig> issuers) {
        Map<IssuerIdentifier, String> owners = new HashMap<>();
        for (IssuerConfig config : issuers) {
            for (IssuerIdentifier identifier : config.issuer().identifiers()) {
                String other = owners.putIfAbsent(identifier, config.name());
                if (other != null) {
                    values.problems()
                            .add(new ConfigProblem(
                                    ISSUER.nameFor(config.name()).template(),
                                    "\"" + identifier + "\" is the issuer \"" + other + "\" already"));
                }
            }
        }
    }

    /** Templates that name different claims could both be completed by one token. */
    private void refuseOverlappingTemplates(List<IssuerConfig> issuers) {
        Map<IssuerIdentifier, String> templates = new LinkedHashMap<>();
        for (IssuerConfig config : issuers) {
            for (IssuerIdentifier identifier : config.issuer().identifiers()) {
                templates.forEach((other, owner) -> {
                    if (!owner.equals(config.name()) && !other.equals(identifier) && identifier.overlaps(other)) {
                        values.problems()
                                .add(new ConfigProblem(
                                        ISSUER.nameFor(config.name()).template(),
                                        "\"" + identifier + "\" could be the same as \"" + other + "\" of the issuer \""
                                                + owner + "\""));
                    }
                });
                if (identifier.isTemplate()) {
                    templates.put(identifier, config.name());
                }
            }
        }
    }

    /** Nobody knows whose an opaque token is; to ask one server about another's token would hand it over. */
    private @Nullable String opaqueTokens(List<IssuerConfig> issuers) {
        List<String> asked = issuers.stream()
                .filter(issuer -> issuer.mode() == ValidationMode.AUTO || issuer.mode() == ValidationMode.INTROSPECTION)
                .map(IssuerConfig::name)
                .toList();
        String chosen = values.text(OPAQUE_TOKENS).orElse(null);
        if (chosen == null && asked.size() > 1) {
            values.problem(
                    OPAQUE_TOKENS,
                    "is missing: an opaque token names no issuer, and only one can be asked about it. Set it to one of "
                            + String.join(", ", asked));
        }
        if (chosen != null && !asked.contains(chosen)) {
            values.problem(
                    OPAQUE_TOKENS,
                    "\"" + chosen + "\" is not the name of an issuer that is asked about tokens"
                            + (asked.isEmpty() ? "" : ", which are " + String.join(", ", asked)));
        }
        if (chosen != null && asked.contains(chosen)) {
            refuseThoseThatNoTokenReaches(issuers, chosen);
        }
        return chosen != null || asked.isEmpty() ? chosen : asked.get(0);
    }

    /** An issuer that is asked need not say what it calls itself; but then only opaque tokens could be its own. */
    private void refuseThoseThatNoTokenReaches(List<IssuerConfig> issuers, String opaqueTokens) {
        issuers.stream()
                .filter(issuer -> issuer.mode() == ValidationMode.INTROSPECTION)
                .filter(issuer -> issuer.issuer().identifiers().isEmpty())
                .filter(issuer -> !issuer.name().equals(opaqueTokens))
                .forEach(issuer -> values.problems()
                        .add(new ConfigProblem(
                                ISSUER.nameFor(issuer.name()).template(),
                                "is missing, and " + OPAQUE_TOKENS.propertyName() + " is \"" + opaqueTokens
                                        + "\": no token would ever be put to this issuer")));
    }

    private JwtSettings jwt(List<IssuerConfig> issuers) {
        int maximumLength =
                values.positiveNumber(MAXIMUM_TOKEN_LENGTH, JwtSettings.DEFAULT_MAXIMUM_LENGTH, 1024 * 1024);
        JweSettings encryption = new KeyConfigReader(values, resources, provider).encryption();
        Set<String> types = new HashSet<>();
        issuers.stream()
                .map(IssuerConfig::local)
                .filter(Objects::nonNull)
                .forEach(local -> types.addAll(local.acceptedTypes()));
        return new JwtSettings(maximumLength, types, encryption, tokenMemory());
    }

    private TokenMemorySettings tokenMemory() {
        TokenMemorySettings defaults = TokenMemorySettings.defaults();
        boolean kept =
                switch (values.text(TOKEN_CACHE_KEY).orElse("token")) {
                    case "token" -> true;
                    case "digest" -> false;
                    default -> {
                        values.problem(TOKEN_CACHE_KEY, "is not token or digest");
                        yield true;
                    }
                };
        return new TokenMemorySettings(
                values.duration(TOKEN_CACHE_LIFETIME, defaults.lifetime(), Duration.ZERO, Duration.ofHours(1)),
                values.positiveNumber(TOKEN_CACHE_MAXIMUM_SIZE, defaults.maximumSize(), 1_000_000),
                kept);
    }

    private String realm() {
        String realm = values.text(REALM).orElse(defaultRealm);
        if (!BearerChallenge.isAllowed(realm)) {
            values.problem(REALM, "may hold printable ASCII but the quote and the backslash only");
            return defaultRealm;
        }
        return realm;
    }

    private @Nullable String path(ConfigProperty property) {
        String path = values.text(property).orElse(null);
        if (path != null && !PATH.matcher(path).matches()) {
            values.problem(
                    property,
                    "\"" + path + "\" is not a path such as /whoami: letters, digits, - and _ between slashes");
        }
        return path;
    }

    /** What would be seen there, says how the application is configured: so there is no way to open it to everybody. */
    private RefusalListSettings refusals() {
        String path = path(REFUSALS_PATH);
        String role = values.text(REFUSALS_ROLE).orElse(null);
        int count = values.positiveNumber(
                REFUSALS_COUNT, RefusalListSettings.DEFAULT_COUNT, RefusalListSettings.MAXIMUM_COUNT);
        if (path == null) {
            Stream.of(REFUSALS_ROLE, REFUSALS_COUNT)
                    .filter(property -> values.text(property).isPresent())
                    .forEach(property ->
                            values.problem(property, "has no effect without " + REFUSALS_PATH.propertyName()));
            return RefusalListSettings.off();
        }
        if (path.equals(values.text(WHO_AM_I_PATH).orElse(null))) {
            values.problem(REFUSALS_PATH, "is the same as " + WHO_AM_I_PATH.propertyName());
        }
        if (role == null || role.equals("**")) {
            values.problem(
                    REFUSALS_ROLE,
                    (role == null ? "is missing" : "\"**\" is every caller's")
                            + ": name the role of those who run the application");
            return RefusalListSettings.off();
        }
        return new RefusalListSettings(path, role, count);
    }

    private SettingNames names(List<IssuerConfig> issuers) {
        return SettingNames.of(
                values, issuers.stream().anyMatch(issuer -> issuer.name().equals(DEFAULT_ISSUER_NAME)));
    }

    private TokenTransport transport() {
        String header = values.text(TOKEN_HEADER).orElse("Authorization");
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "authorization" -> new TokenTransport.AuthorizationHeader();
            case "cookie" -> new TokenTransport.Cookie(values.text(TOKEN_COOKIE).orElse(DEFAULT_COOKIE));
            default -> {
                values.problem(TOKEN_HEADER, "\"" + header + "\" is not Authorization or Cookie");
                yield new TokenTransport.AuthorizationHeader();
            }
        };
    }

    private HttpSettings http() {
        HttpSettings defaults = HttpSettings.defaults();
        Duration least = Duration.ofMillis(10);
        Duration most = Duration.ofMinutes(2);
        Duration connect = values.duration(HTTP_CONNECT_TIMEOUT, defaults.connectTimeout(), least, most);
        Duration read = values.duration(HTTP_READ_TIMEOUT, defaults.readTimeout(), least, most);
        Duration total = values.duration(HTTP_TOTAL_TIMEOUT, defaults.totalTimeout(), least, most);
        if (total.compareTo(connect) < 0 || total.compareTo(read) < 0) {
            values.problem(
                    HTTP_TOTAL_TIMEOUT,
                    "is " + total + ", and the time to connect (" + connect + ") or to read (" + read
                            + ") alone is longer");
        }
        return new HttpSettings(
                connect,
                read,
                total,
                values.positiveNumber(HTTP_MAXIMUM_RESPONSE_SIZE, defaults.maximumResponseSize(), 100 * 1024 * 1024),
                values.flag(ALLOW_PLAIN_HTTP),
                null);
    }
}
