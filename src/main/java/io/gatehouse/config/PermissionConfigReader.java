package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.PERMISSIONS_BEARER_TOKEN;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_CACHE_LIFETIME;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_CACHE_MAXIMUM_SIZE;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_CLIENT_ID;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_CLIENT_SECRET;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_ISSUERS;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_PROVIDER;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_RESOURCE_TYPE;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_ROLES_LIFETIME;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_ROLES_RESOURCE;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_SUBJECT_CLAIM;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_SUBJECT_TYPE;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_TOKEN;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_TOKEN_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_TOKEN_SCOPE;
import static io.gatehouse.config.ConfigProperty.PERMISSIONS_URL;

import io.gatehouse.http.ClientAuthentication.ClientSecretBasic;
import io.gatehouse.http.ClientAuthentication.CredentialsEncoding;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.permission.PermissionSettings;
import io.gatehouse.permission.PermissionSettings.CacheSettings;
import io.gatehouse.permission.PermissionSettings.Limits;
import io.gatehouse.permission.PermissionSettings.RoleLookup;
import io.gatehouse.permission.PermissionSettings.Subjects;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the properties of {@code gatehouse.permissions.*}. No secret gets into a problem. For one thread. */
final class PermissionConfigReader {

    private static final String PREFIX = "PERMISSIONS_";

    private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private static final List<ConfigProperty> OUR_TOKEN = List.of(
            PERMISSIONS_BEARER_TOKEN,
            PERMISSIONS_TOKEN_ENDPOINT,
            PERMISSIONS_TOKEN_SCOPE,
            PERMISSIONS_CLIENT_ID,
            PERMISSIONS_CLIENT_SECRET);

    private static final Duration LONGEST_CACHE_LIFETIME = Duration.ofMinutes(1);
    private static final Duration DEFAULT_ROLES_LIFETIME = Duration.ofSeconds(30);
    private static final Duration LONGEST_ROLES_LIFETIME = Duration.ofMinutes(5);

    private final PropertyValues values;

    PermissionConfigReader(PropertyValues values) {
        this.values = values;
    }

    /** Null where no server is asked, or after a problem was noted. */
    @Nullable PermissionConfig read(List<IssuerConfig> issuers, HttpSettings http) {
        if (values.text(PERMISSIONS_PROVIDER).isEmpty()) {
            refuseWithoutProvider();
            return null;
        }
        PermissionSettings.Provider provider = provider();
        URI url = url(http);
        boolean ownToken = isOwnTokenSent();
        ClientProof proof = ownToken ? proof(http) : null;
        Subjects subjects = subjects(issuers);
        CacheSettings cache = cache();
        RoleLookup roles = roles(provider);
        if (provider == null || url == null || (ownToken && proof == null)) {
            return null;
        }
        String resourceType = values.text(PERMISSIONS_RESOURCE_TYPE).orElse("resource");
        return new PermissionConfig(
                provider, url, proof, subjects, resourceType, cache, Limits.within(http.totalTimeout()), roles);
    }

    /** They would silently not be in force. */
    private void refuseWithoutProvider() {
        Arrays.stream(ConfigProperty.values())
                .filter(property -> property.name().startsWith(PREFIX)
                        && values.text(property).isPresent())
                .forEach(property -> values.problem(
                        property, "is about permissions, and " + PERMISSIONS_PROVIDER.propertyName() + " is not set"));
    }

    private PermissionSettings.@Nullable Provider provider() {
        String text = values.text(PERMISSIONS_PROVIDER).orElse("");
        return switch (text) {
            case "authress" -> PermissionSettings.Provider.AUTHRESS;
            case "authzen" -> PermissionSettings.Provider.AUTHZEN;
            default -> {
                values.problem(PERMISSIONS_PROVIDER, "\"" + text + "\" is not authress or authzen");
                yield null;
            }
        };
    }

    private @Nullable URI url(HttpSettings http) {
        if (values.text(PERMISSIONS_URL).isEmpty()) {
            values.problem(PERMISSIONS_URL, "is missing: set it to where the server's paths begin");
            return null;
        }
        URI url = values.url(PERMISSIONS_URL, http);
        if (url != null && (url.getRawQuery() != null || url.getRawFragment() != null)) {
            values.problem(PERMISSIONS_URL, "has a query or a fragment, and paths are put behind it");
            return null;
        }
        return url;
    }

    private boolean isOwnTokenSent() {
        String text = values.text(PERMISSIONS_TOKEN).orElse("caller");
        if (!text.equals("caller") && !text.equals("service")) {
            values.problem(PERMISSIONS_TOKEN, "\"" + text + "\" is not caller or service");
        }
        boolean service = text.equals("service");
        if (!service) {
            OUR_TOKEN.stream()
                    .filter(property -> values.text(property).isPresent())
                    .forEach(property -> values.problem(
                            property,
                            "is of use only with " + PERMISSIONS_TOKEN.propertyName()
                                    + "=service: the caller's token is sent"));
        }
        return service;
    }

    private @Nullable ClientProof proof(HttpSettings http) {
        Optional<String> token = values.text(PERMISSIONS_BEARER_TOKEN);
        boolean client = values.text(PERMISSIONS_TOKEN_ENDPOINT).isPresent();
        if (token.isPresent() == client) {
            values.problem(
                    PERMISSIONS_TOKEN,
                    "service needs either " + PERMISSIONS_BEARER_TOKEN.propertyName() + " or "
                            + PERMISSIONS_TOKEN_ENDPOINT.propertyName());
            return null;
        }
        return token.isPresent() ? ofToken(token.get()) : ofClient(http);
    }

    private @Nullable ClientProof ofToken(String token) {
        Stream.of(PERMISSIONS_TOKEN_SCOPE, PERMISSIONS_CLIENT_ID, PERMISSIONS_CLIENT_SECRET)
                .filter(property -> values.text(property).isPresent())
                .forEach(property ->
                        values.problem(property, "is of use only with " + PERMISSIONS_TOKEN_ENDPOINT.propertyName()));
        if (!BEARER_TOKEN.matcher(token).matches()) {
            values.problem(PERMISSIONS_BEARER_TOKEN, "has characters that no bearer token has (RFC 6750 §2.1)");
            return null;
        }
        return ClientProof.ofToken(token);
    }

    private @Nullable ClientProof ofClient(HttpSettings http) {
        URI endpoint = values.url(PERMISSIONS_TOKEN_ENDPOINT, http);
        String id = required(PERMISSIONS_CLIENT_ID);
        String secret = required(PERMISSIONS_CLIENT_SECRET);
        if (endpoint == null || id == null || secret == null) {
            return null;
        }
        return new ClientProof.FetchedToken(
                endpoint,
                new ClientProof.Ready(new ClientSecretBasic(id, secret, CredentialsEncoding.FORM)),
                values.text(PERMISSIONS_TOKEN_SCOPE).orElse(null));
    }

    private @Nullable String required(ConfigProperty property) {
        String text = values.text(property).orElse(null);
        if (text == null) {
            values.problem(
                    property, "is missing: " + PERMISSIONS_TOKEN_ENDPOINT.propertyName() + " needs to know who asks");
        }
        return text;
    }

    /** Another issuer's caller may have the same name, and would have that one's permissions. */
    private Subjects subjects(List<IssuerConfig> issuers) {
        Set<String> known = issuers.stream().map(IssuerConfig::name).collect(Collectors.toCollection(TreeSet::new));
        List<String> chosen = values.list(PERMISSIONS_ISSUERS).orElse(null);
        if (chosen == null && known.size() > 1) {
            values.problem(
                    PERMISSIONS_ISSUERS,
                    "is missing: callers of several issuers may have the same name. Name those whose callers the server"
                            + " knows, of " + String.join(", ", known));
        }
        if (chosen != null && !known.containsAll(chosen)) {
            values.problem(
                    PERMISSIONS_ISSUERS,
                    "\"" + String.join(",", chosen) + "\" names an issuer that is not there; there are "
                            + String.join(", ", known));
        }
        return new Subjects(
                chosen == null ? known : Set.copyOf(chosen),
                values.text(PERMISSIONS_SUBJECT_CLAIM).orElse("sub"),
                values.text(PERMISSIONS_SUBJECT_TYPE).orElse("user"));
    }

    private CacheSettings cache() {
        CacheSettings off = CacheSettings.off();
        return new CacheSettings(
                values.duration(PERMISSIONS_CACHE_LIFETIME, off.lifetime(), Duration.ZERO, LONGEST_CACHE_LIFETIME),
                values.positiveNumber(PERMISSIONS_CACHE_MAXIMUM_SIZE, (int) off.maximumSize(), 1_000_000));
    }

    private @Nullable RoleLookup roles(PermissionSettings.@Nullable Provider provider) {
        String resource = values.text(PERMISSIONS_ROLES_RESOURCE).orElse(null);
        Duration lifetime = values.duration(
                PERMISSIONS_ROLES_LIFETIME, DEFAULT_ROLES_LIFETIME, Duration.ZERO, LONGEST_ROLES_LIFETIME);
        if (resource == null) {
            if (values.text(PERMISSIONS_ROLES_LIFETIME).isPresent()) {
                values.problem(
                        PERMISSIONS_ROLES_LIFETIME,
                        "is of use only with " + PERMISSIONS_ROLES_RESOURCE.propertyName() + ", which is not set");
            }
            return null;
        }
        if (provider == PermissionSettings.Provider.AUTHZEN) {
            values.problem(PERMISSIONS_ROLES_RESOURCE, "AuthZEN has no roles: it goes with authress only");
            return null;
        }
        return new RoleLookup(resource, lifetime);
    }
}
