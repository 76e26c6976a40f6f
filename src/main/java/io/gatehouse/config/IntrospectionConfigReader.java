package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CACHE_DEAD_LIFETIME;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CACHE_DEAD_MAXIMUM_SIZE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CACHE_LIFETIME;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CACHE_MAXIMUM_SIZE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CACHE_STALE_IF_ERROR;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CLIENT_ID;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CLIENT_PREFIX;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_FAILURE_THRESHOLD;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_KEY_STORE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_MAXIMUM_CONCURRENCY;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_PARAMETERS;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_PAUSE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_PRINCIPAL_CLAIMS;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_REQUIRED_CLAIMS;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_SIGNED_ANSWERS;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_STALLED_AFTER;
import static io.gatehouse.config.ConfigProperty.ISSUER;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.ClaimsPolicy;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the properties of {@code gatehouse.introspection.*}. For one thread. */
final class IntrospectionConfigReader {

    /** RFC 7662 §2.2: a human-readable name first, and the client where nobody stands behind the token. */
    static final List<String> DEFAULT_PRINCIPAL_CLAIMS = List.of("username", "sub", "client_id");

    /** The HTTP client does 256 exchanges at once, and fetches of our own token are among them. */
    private static final int MAXIMUM_CONCURRENCY = 200;

    /** What is sent anyway; a second one would make the request ambiguous. */
    private static final List<String> OUR_PARAMETERS =
            List.of("token", "client_id", "client_secret", "client_assertion", "client_assertion_type");

    private static final int MAXIMUM_CACHE_SIZE = 10_000_000;

    private final PropertyValues values;
    private final ResourceReader resources;

    IntrospectionConfigReader(PropertyValues values, ResourceReader resources) {
        this.values = values;
        this.resources = resources;
    }

    /** Null after a problem was noted. */
    @Nullable RemoteValidation read(ClaimsPolicy local, HttpSettings http, RoleSettings roles) {
        URI endpoint = endpoint(http);
        ClientProof proof = endpoint == null ? null : new ClientProofReader(values, resources).read(http);
        HttpSettings ownHttp = withKeyStore(http);
        String audience = signedAnswersAudience();
        CacheSettings cache = cache();
        Limits limits = limits();
        ClaimsPolicy claims = claims(local);
        Map<String, String> parameters = parameters();
        if (endpoint == null || proof == null) {
            return null;
        }
        return new RemoteValidation(claims, endpoint, proof, parameters, audience, cache, limits, roles, ownHttp);
    }

    private @Nullable URI endpoint(HttpSettings http) {
        if (values.text(INTROSPECTION_ENDPOINT).isEmpty()) {
            values.problem(
                    INTROSPECTION_ENDPOINT,
                    "is missing: set it to the introspection endpoint of your authorization server");
            return null;
        }
        return values.url(INTROSPECTION_ENDPOINT, http);
    }

    /** What the server leaves out, it vouches for by saying "active"; what it says, is checked. */
    private ClaimsPolicy claims(ClaimsPolicy local) {
        Map<String, Set<String>> requiredValues = new HashMap<>();
        Set<String> required = ClaimsConfigReader.namesAndValues(
                values.list(INTROSPECTION_REQUIRED_CLAIMS).orElse(List.of()), requiredValues);
        return new ClaimsPolicy(
                local.issuer(),
                local.audience(),
                local.expirySkew(),
                local.startSkew(),
                local.maximumAge(),
                required,
                requiredValues,
                values.list(INTROSPECTION_PRINCIPAL_CLAIMS).orElse(DEFAULT_PRINCIPAL_CLAIMS),
                values.text(INTROSPECTION_CLIENT_PREFIX).orElse(""),
                local.senderConstraintIgnored(),
                local.kinds());
    }

    private @Nullable String signedAnswersAudience() {
        if (!values.flag(INTROSPECTION_SIGNED_ANSWERS)) {
            return null;
        }
        String clientId = values.text(INTROSPECTION_CLIENT_ID).orElse(null);
        if (clientId == null || values.list(ISSUER).orElse(List.of()).size() != 1) {
            values.problem(
                    INTROSPECTION_SIGNED_ANSWERS,
                    "needs " + values.name(INTROSPECTION_CLIENT_ID) + ", " + values.name(ISSUER)
                            + " and the server's keys: an answer has to be meant for us and signed by it");
        }
        return clientId;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = values.chosen(INTROSPECTION_PARAMETERS);
        for (String name : OUR_PARAMETERS) {
            if (parameters.containsKey(name)) {
                values.problem(
                        INTROSPECTION_PARAMETERS,
                        name,
                        "this parameter is Gatehouse's: the token, or who asks about it");
            }
        }
        return parameters;
    }

    private HttpSettings withKeyStore(HttpSettings http) {
        String location = values.text(INTROSPECTION_KEY_STORE).orElse(null);
        if (location == null) {
            return http;
        }
        String password = values.text(INTROSPECTION_KEY_STORE_PASSWORD).orElse("");
        try {
            return http.withSslContext(resources.sslContext(location, password));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            values.problem(INTROSPECTION_KEY_STORE, "\"" + location + "\" is no key store that the password opens");
            return http;
        }
    }

    private CacheSettings cache() {
        CacheSettings defaults = CacheSettings.defaults();
        Duration hour = Duration.ofHours(1);
        return new CacheSettings(
                values.duration(INTROSPECTION_CACHE_LIFETIME, defaults.lifetime(), Duration.ZERO, hour),
                values.positiveNumber(
                        INTROSPECTION_CACHE_MAXIMUM_SIZE, (int) defaults.maximumSize(), MAXIMUM_CACHE_SIZE),
                values.duration(INTROSPECTION_CACHE_DEAD_LIFETIME, defaults.deadLifetime(), Duration.ZERO, hour),
                values.positiveNumber(
                        INTROSPECTION_CACHE_DEAD_MAXIMUM_SIZE, (int) defaults.deadMaximumSize(), MAXIMUM_CACHE_SIZE),
                values.duration(INTROSPECTION_CACHE_STALE_IF_ERROR, defaults.staleIfError(), Duration.ZERO, hour));
    }

    private Limits limits() {
        Limits defaults = Limits.defaults();
        return new Limits(
                values.positiveNumber(
                        INTROSPECTION_MAXIMUM_CONCURRENCY, defaults.maximumConcurrency(), MAXIMUM_CONCURRENCY),
                values.duration(
                        INTROSPECTION_STALLED_AFTER,
                        defaults.stalledAfter(),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                values.positiveNumber(INTROSPECTION_FAILURE_THRESHOLD, defaults.failureThreshold(), 1_000_000),
                values.duration(INTROSPECTION_PAUSE, defaults.pause(), Duration.ofMillis(100), Duration.ofMinutes(10)));
    }
}
