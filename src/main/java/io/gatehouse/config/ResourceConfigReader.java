package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.MODE;
import static io.gatehouse.config.ConfigProperty.RESOURCE_METADATA_AUTHORIZATION_SERVERS;
import static io.gatehouse.config.ConfigProperty.RESOURCE_METADATA_ENABLED;
import static io.gatehouse.config.ConfigProperty.RESOURCE_METADATA_RESOURCE;
import static io.gatehouse.config.ConfigProperty.RESOURCE_METADATA_SCOPES_SUPPORTED;
import static io.gatehouse.config.ConfigProperty.RESOURCE_METADATA_URL;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.token.IssuerIdentifier;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what concerns the application as a protected resource. For one thread. */
final class ResourceConfigReader {

    private final PropertyValues values;

    ResourceConfigReader(PropertyValues values) {
        this.values = values;
    }

    AuthenticationMode mode() {
        String mode = values.text(MODE).orElse("auto");
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "auto" -> AuthenticationMode.AUTO;
            case "container" -> AuthenticationMode.CONTAINER;
            case "jaxrs" -> AuthenticationMode.JAXRS;
            default -> {
                values.problem(MODE, "\"" + mode + "\" is not auto, container or jaxrs");
                yield AuthenticationMode.AUTO;
            }
        };
    }

    /** Null where nothing is published. */
    @Nullable ResourceMetadataSettings metadata(List<IssuerConfig> issuers, HttpSettings http) {
        if (!values.flag(RESOURCE_METADATA_ENABLED)) {
            refuseWhatWouldNotBeInForce();
            return null;
        }
        if (values.text(RESOURCE_METADATA_RESOURCE).isEmpty()) {
            values.problem(
                    RESOURCE_METADATA_RESOURCE,
                    "is missing: the URL by which clients know this application, such as https://api.example.com/orders."
                            + " No request is asked for it: whoever sends one could choose it");
            return null;
        }
        URI resource = url(RESOURCE_METADATA_RESOURCE, http);
        URI url = url(RESOURCE_METADATA_URL, http);
        List<String> scopes = scopes();
        return resource == null
                ? null
                : new ResourceMetadataSettings(
                        resource,
                        url == null ? ResourceMetadataSettings.urlBelow(resource) : url,
                        authorizationServers(issuers, http),
                        scopes);
    }

    private void refuseWhatWouldNotBeInForce() {
        Stream.of(
                        RESOURCE_METADATA_RESOURCE,
                        RESOURCE_METADATA_URL,
                        RESOURCE_METADATA_AUTHORIZATION_SERVERS,
                        RESOURCE_METADATA_SCOPES_SUPPORTED)
                .filter(property -> values.text(property).isPresent())
                .forEach(property -> values.problem(
                        property, "has no effect without " + RESOURCE_METADATA_ENABLED.propertyName() + "=true"));
    }

    /** RFC 9728 §1.2: without a fragment. A query could not be kept in the URL of the metadata. */
    private @Nullable URI url(ConfigProperty property, HttpSettings http) {
        URI url = values.url(property, http);
        if (url != null && (url.getRawFragment() != null || url.getRawQuery() != null)) {
            values.problem(property, "has a query or a fragment");
            return null;
        }
        return url;
    }

    private List<String> authorizationServers(List<IssuerConfig> issuers, HttpSettings http) {
        List<String> configured =
                values.list(RESOURCE_METADATA_AUTHORIZATION_SERVERS).orElse(null);
        if (configured == null) {
            return issuers.stream()
                    .flatMap(issuer -> issuer.issuer().identifiers().stream())
                    .filter(identifier -> !identifier.isTemplate())
                    .map(IssuerIdentifier::text)
                    .filter(text -> isUrl(text, http))
                    .sorted()
                    .toList();
        }
        configured.forEach(server -> values.url(RESOURCE_METADATA_AUTHORIZATION_SERVERS, server, http));
        return configured;
    }

    /** Google calls itself by its host alone as well; RFC 9728 §2 wants issuers whose metadata can be asked for. */
    private static boolean isUrl(String issuer, HttpSettings http) {
        try {
            URI uri = URI.create(issuer);
            return uri.getHost() != null && http.permits(uri);
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    private List<String> scopes() {
        List<String> scopes = values.list(RESOURCE_METADATA_SCOPES_SUPPORTED).orElse(List.of());
        scopes.stream()
                .filter(scope -> !BearerChallenge.isWord(scope))
                .forEach(scope -> values.problem(
                        RESOURCE_METADATA_SCOPES_SUPPORTED, "\"" + scope + "\" cannot be a scope (RFC 6749 §3.3)"));
        return scopes;
    }
}
