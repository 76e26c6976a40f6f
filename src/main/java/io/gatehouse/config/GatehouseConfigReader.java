package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALLOW_MISSING_IAT;
import static io.gatehouse.config.ConfigProperty.ALLOW_PLAIN_HTTP;
import static io.gatehouse.config.ConfigProperty.ALLOW_SENDER_CONSTRAINED_TOKENS;
import static io.gatehouse.config.ConfigProperty.AUDIENCES;
import static io.gatehouse.config.ConfigProperty.CLOCK_SKEW;
import static io.gatehouse.config.ConfigProperty.HTTP_CONNECT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.HTTP_MAXIMUM_RESPONSE_SIZE;
import static io.gatehouse.config.ConfigProperty.HTTP_READ_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.HTTP_TOTAL_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_SIGNED_ANSWERS;
import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.JWKS_COOLDOWN;
import static io.gatehouse.config.ConfigProperty.JWKS_REFRESH_AFTER;
import static io.gatehouse.config.ConfigProperty.JWKS_USABLE_FOR;
import static io.gatehouse.config.ConfigProperty.MAXIMUM_TOKEN_LENGTH;
import static io.gatehouse.config.ConfigProperty.PRINCIPAL_CLAIMS;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.REALM;
import static io.gatehouse.config.ConfigProperty.REQUIRED_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_CLAIMS;
import static io.gatehouse.config.ConfigProperty.ROLE_MAP;
import static io.gatehouse.config.ConfigProperty.TOKEN_AGE;
import static io.gatehouse.config.ConfigProperty.TOKEN_COOKIE;
import static io.gatehouse.config.ConfigProperty.TOKEN_HEADER;
import static io.gatehouse.config.ConfigProperty.TOKEN_TYPES;
import static io.gatehouse.config.ConfigProperty.VALIDATION;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.inbound.BearerChallenge;
import io.gatehouse.inbound.TokenTransport;
import io.gatehouse.jwt.JweSettings;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.RemoteJwkSetSettings;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.TrustedIssuer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    static final List<String> DEFAULT_PRINCIPAL_CLAIMS = List.of("upn", "preferred_username", "sub");

    /**
     * An expired token is expired to the second; but a token that was issued just now by a server whose clock is a
     * little ahead is not worth a refusal.
     */
    static final Duration DEFAULT_EXPIRY_SKEW = Duration.ZERO;

    static final Duration DEFAULT_START_SKEW = Duration.ofSeconds(5);

    /** More than this is no skew, but a clock to be set. */
    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);

    private static final Duration MAXIMUM_AGE = Duration.ofDays(3650);

    private final Properties properties;
    private final String defaultRealm;
    private final PropertyValues values;
    private final ResourceReader resources;
    private final KeyConfigReader keys;

    GatehouseConfigReader(Properties properties, ClassLoader classLoader) {
        this(properties, classLoader, DEFAULT_REALM);
    }

    GatehouseConfigReader(Properties properties, ClassLoader classLoader, String defaultRealm) {
        this.properties = properties;
        this.defaultRealm = defaultRealm;
        this.values = new PropertyValues(properties);
        this.resources = new ResourceReader(classLoader);
        this.keys = new KeyConfigReader(values, resources);
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
        RoleSettings roles = roles();
        ValidationMode mode = mode();
        ClaimsPolicy claims = claims();
        LocalValidation local = local(mode, claims, http);
        // Also where no token is asked about as a rule: a resource may be @Introspected.
        boolean asked = mode.asks() || values.text(INTROSPECTION_ENDPOINT).isPresent();
        RemoteValidation remote =
                asked ? new IntrospectionConfigReader(values, resources).read(claims, http, roles) : null;
        BasicSettings basic = new BasicConfigReader(values).read(http);
        if (!values.problems().isEmpty()) {
            throw new GatehouseConfigException(values.problems());
        }
        return new GatehouseConfig(realm, transport, mode, local, remote, basic, roles, http);
    }

    private ValidationMode mode() {
        boolean endpoint = values.text(INTROSPECTION_ENDPOINT).isPresent();
        boolean keys = values.text(PUBLIC_KEY).isPresent()
                || values.text(PUBLIC_KEY_LOCATION).isPresent();
        ValidationMode byDefault =
                !endpoint ? ValidationMode.JWT : keys ? ValidationMode.AUTO : ValidationMode.INTROSPECTION;
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

    /** The keys are also read where they serve to verify the server's signed answers only. */
    private @Nullable LocalValidation local(ValidationMode mode, ClaimsPolicy claims, HttpSettings http) {
        if (!mode.verifiesHere() && !values.flag(INTROSPECTION_SIGNED_ANSWERS)) {
            return null;
        }
        if (values.text(ISSUER).isEmpty()) {
            values.problem(
                    ISSUER,
                    "is missing: set it to the exact \"iss\" value of your authorization server's tokens, such as"
                            + " https://login.example.com/realms/main");
        }
        KeyPolicy keyPolicy = keys.keyPolicy();
        KeySource keySource = keys.keySource(keyPolicy, http);
        RemoteJwkSetSettings remoteKeys = remoteKeys();
        JwtSettings jwt = jwt(keys.encryption());
        return keySource == null ? null : new LocalValidation(claims, keySource, keyPolicy, remoteKeys, jwt);
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

    private String realm() {
        String realm = values.text(REALM).orElse(defaultRealm);
        if (!BearerChallenge.isAllowed(realm)) {
            values.problem(REALM, "may hold printable ASCII but the quote and the backslash only");
            return defaultRealm;
        }
        return realm;
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

    private ClaimsPolicy claims() {
        Optional<Duration> skew = values.seconds(CLOCK_SKEW, MAXIMUM_SKEW);
        AudienceRule audience = audience();
        return new ClaimsPolicy(
                new TrustedIssuer(DEFAULT_ISSUER_NAME, values.text(ISSUER).orElse(null)),
                audience,
                skew.orElse(DEFAULT_EXPIRY_SKEW),
                skew.orElse(DEFAULT_START_SKEW),
                values.seconds(TOKEN_AGE, MAXIMUM_AGE).orElse(null),
                requiredClaims(audience),
                values.list(PRINCIPAL_CLAIMS).orElse(DEFAULT_PRINCIPAL_CLAIMS),
                "",
                values.flag(ALLOW_SENDER_CONSTRAINED_TOKENS));
    }

    private Set<String> requiredClaims(AudienceRule audience) {
        Set<String> required = new HashSet<>(ClaimsPolicy.JWT_REQUIRED_CLAIMS);
        if (values.flag(ALLOW_MISSING_IAT)) {
            required.remove("iat");
        }
        if (audience instanceof AudienceRule.OneOf) {
            required.add("aud");
        }
        required.addAll(values.list(REQUIRED_CLAIMS).orElse(List.of()));
        return Set.copyOf(required);
    }

    private AudienceRule audience() {
        return values.list(AUDIENCES)
                .<AudienceRule>map(accepted -> new AudienceRule.OneOf(Set.copyOf(accepted)))
                .orElseGet(AudienceRule.Any::new);
    }

    private JwtSettings jwt(@Nullable JweSettings encryption) {
        int maximumLength =
                values.positiveNumber(MAXIMUM_TOKEN_LENGTH, JwtSettings.DEFAULT_MAXIMUM_LENGTH, 1024 * 1024);
        Set<String> types = values.list(TOKEN_TYPES)
                .map(list -> list.stream()
                        .map(type -> type.toLowerCase(Locale.ROOT).replaceFirst("^application/", ""))
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(JwtSettings.DEFAULT_TYPES);
        return new JwtSettings(maximumLength, types, encryption);
    }

    private RoleSettings roles() {
        Map<String, Set<String>> granted = new HashMap<>();
        for (String role : values.namesAfter(ROLE_MAP)) {
            values.value(ROLE_MAP.prefix() + role)
                    .ifPresent(roles -> granted.put(role, Set.copyOf(PropertyValues.split(roles))));
        }
        return new RoleSettings(values.list(ROLE_CLAIMS).orElse(RoleSettings.DEFAULT_CLAIM_PATHS), granted);
    }

    private RemoteJwkSetSettings remoteKeys() {
        RemoteJwkSetSettings defaults = RemoteJwkSetSettings.defaults();
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);
        return new RemoteJwkSetSettings(
                values.duration(JWKS_REFRESH_AFTER, defaults.refreshAfter(), second, day),
                values.duration(JWKS_USABLE_FOR, defaults.usableFor(), second, day.multipliedBy(30)),
                values.duration(JWKS_COOLDOWN, defaults.cooldown(), second, day),
                defaults.reserve());
    }

    private HttpSettings http() {
        HttpSettings defaults = HttpSettings.defaults();
        Duration least = Duration.ofMillis(10);
        Duration most = Duration.ofMinutes(2);
        return new HttpSettings(
                values.duration(HTTP_CONNECT_TIMEOUT, defaults.connectTimeout(), least, most),
                values.duration(HTTP_READ_TIMEOUT, defaults.readTimeout(), least, most),
                values.duration(HTTP_TOTAL_TIMEOUT, defaults.totalTimeout(), least, most),
                values.positiveNumber(HTTP_MAXIMUM_RESPONSE_SIZE, defaults.maximumResponseSize(), 100 * 1024 * 1024),
                values.flag(ALLOW_PLAIN_HTTP),
                null);
    }
}
