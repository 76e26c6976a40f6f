package io.gatehouse.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The properties that Gatehouse reads. {@code docs/configuration.md} lists the same ones, and a test compares. */
enum ConfigProperty {
    ISSUER("mp.jwt.verify.issuer", Sharing.OWN, "issuer"),
    PUBLIC_KEY("mp.jwt.verify.publickey", Sharing.OWN, "public-key"),
    PUBLIC_KEY_LOCATION("mp.jwt.verify.publickey.location", Sharing.OWN, "key-location"),
    PUBLIC_KEY_ALGORITHM("mp.jwt.verify.publickey.algorithm"),
    AUDIENCES("mp.jwt.verify.audiences", Sharing.INHERITED, "audiences"),
    CLOCK_SKEW("mp.jwt.verify.clock.skew", Sharing.INHERITED, "clock-skew"),
    TOKEN_AGE("mp.jwt.verify.token.age", Sharing.INHERITED, "token-age"),
    TOKEN_HEADER("mp.jwt.token.header"),
    TOKEN_COOKIE("mp.jwt.token.cookie"),
    DECRYPT_KEY_LOCATION("mp.jwt.decrypt.key.location"),
    DECRYPT_KEY_ALGORITHM("mp.jwt.decrypt.key.algorithm"),

    ISSUER_PRESET("gatehouse.issuers.<issuer>.preset", Sharing.OWN),
    ISSUER_PRESET_VALUES("gatehouse.issuers.<issuer>.preset.<variable>", Sharing.OWN),
    ISSUER_JWKS_URI("gatehouse.issuers.<issuer>.jwks-uri", Sharing.OWN),
    ISSUER_DISCOVERY("gatehouse.issuers.<issuer>.discovery", Sharing.OWN),
    ISSUER_ALLOW_ANY_AUDIENCE("gatehouse.issuers.<issuer>.allow-any-audience", Sharing.OWN),
    OPAQUE_TOKENS("gatehouse.opaque-tokens"),

    VALIDATION("gatehouse.validation", Sharing.OWN),
    INTROSPECTION_ENDPOINT("gatehouse.introspection.endpoint", Sharing.OWN),
    INTROSPECTION_BEARER_TOKEN("gatehouse.introspection.bearer-token", Sharing.OWN),
    INTROSPECTION_CLIENT_ID("gatehouse.introspection.client-id", Sharing.OWN),
    INTROSPECTION_CLIENT_SECRET("gatehouse.introspection.client-secret", Sharing.OWN),
    INTROSPECTION_CLIENT_AUTHENTICATION("gatehouse.introspection.client-authentication", Sharing.OWN),
    INTROSPECTION_CREDENTIALS_ENCODING("gatehouse.introspection.credentials-encoding", Sharing.OWN),
    INTROSPECTION_PRIVATE_KEY_LOCATION("gatehouse.introspection.private-key-location", Sharing.OWN),
    INTROSPECTION_PRIVATE_KEY_ID("gatehouse.introspection.private-key-id", Sharing.OWN),
    INTROSPECTION_ASSERTION_AUDIENCE("gatehouse.introspection.assertion-audience", Sharing.OWN),
    INTROSPECTION_KEY_STORE("gatehouse.introspection.key-store", Sharing.OWN),
    INTROSPECTION_KEY_STORE_PASSWORD("gatehouse.introspection.key-store-password", Sharing.OWN),
    INTROSPECTION_TOKEN_ENDPOINT("gatehouse.introspection.token-endpoint", Sharing.OWN),
    INTROSPECTION_TOKEN_SCOPE("gatehouse.introspection.token-scope", Sharing.OWN),
    INTROSPECTION_PARAMETERS("gatehouse.introspection.parameters.<name>", Sharing.OWN),
    INTROSPECTION_SIGNED_ANSWERS("gatehouse.introspection.signed-answers", Sharing.OWN),
    INTROSPECTION_PRINCIPAL_CLAIMS("gatehouse.introspection.principal-claims", Sharing.OWN),
    INTROSPECTION_CLIENT_PREFIX("gatehouse.introspection.client-prefix", Sharing.OWN),
    INTROSPECTION_REQUIRED_CLAIMS("gatehouse.introspection.required-claims", Sharing.OWN),
    INTROSPECTION_ROLE_CLAIMS("gatehouse.introspection.roles.claims", Sharing.OWN),
    INTROSPECTION_CACHE_LIFETIME("gatehouse.introspection.cache.lifetime", Sharing.INHERITED),
    INTROSPECTION_CACHE_MAXIMUM_SIZE("gatehouse.introspection.cache.maximum-size", Sharing.INHERITED),
    INTROSPECTION_CACHE_DEAD_LIFETIME("gatehouse.introspection.cache.dead-lifetime", Sharing.INHERITED),
    INTROSPECTION_CACHE_DEAD_MAXIMUM_SIZE("gatehouse.introspection.cache.dead-maximum-size", Sharing.INHERITED),
    INTROSPECTION_CACHE_STALE_IF_ERROR("gatehouse.introspection.cache.stale-if-error", Sharing.INHERITED),
    INTROSPECTION_MAXIMUM_CONCURRENCY("gatehouse.introspection.maximum-concurrency", Sharing.INHERITED),
    INTROSPECTION_STALLED_AFTER("gatehouse.introspection.stalled-after", Sharing.INHERITED),
    INTROSPECTION_FAILURE_THRESHOLD("gatehouse.introspection.failure-threshold", Sharing.INHERITED),
    INTROSPECTION_PAUSE("gatehouse.introspection.pause", Sharing.INHERITED),

    PERMISSIONS_PROVIDER("gatehouse.permissions.provider"),
    PERMISSIONS_URL("gatehouse.permissions.url"),
    PERMISSIONS_TOKEN("gatehouse.permissions.token"),
    PERMISSIONS_BEARER_TOKEN("gatehouse.permissions.bearer-token"),
    PERMISSIONS_TOKEN_ENDPOINT("gatehouse.permissions.token-endpoint"),
    PERMISSIONS_TOKEN_SCOPE("gatehouse.permissions.token-scope"),
    PERMISSIONS_CLIENT_ID("gatehouse.permissions.client-id"),
    PERMISSIONS_CLIENT_SECRET("gatehouse.permissions.client-secret"),
    PERMISSIONS_ISSUERS("gatehouse.permissions.issuers"),
    PERMISSIONS_SUBJECT_CLAIM("gatehouse.permissions.subject-claim"),
    PERMISSIONS_SUBJECT_TYPE("gatehouse.permissions.subject-type"),
    PERMISSIONS_RESOURCE_TYPE("gatehouse.permissions.resource-type"),
    PERMISSIONS_CACHE_LIFETIME("gatehouse.permissions.cache.lifetime"),
    PERMISSIONS_CACHE_MAXIMUM_SIZE("gatehouse.permissions.cache.maximum-size"),
    PERMISSIONS_ROLES_RESOURCE("gatehouse.permissions.roles.resource"),
    PERMISSIONS_ROLES_LIFETIME("gatehouse.permissions.roles.lifetime"),

    BASIC_ENABLED("gatehouse.basic.enabled"),
    BASIC_USER_PASSWORD_HASH("gatehouse.basic.users.<name>.password-hash"),
    BASIC_USER_PASSWORD("gatehouse.basic.users.<name>.password"),
    BASIC_USER_GROUPS("gatehouse.basic.users.<name>.groups"),
    BASIC_ALLOW_PLAIN_PASSWORDS("gatehouse.basic.allow-plain-passwords"),
    BASIC_TOKEN_ENDPOINT("gatehouse.basic.token-endpoint"),
    BASIC_TOKEN_SCOPE("gatehouse.basic.token-scope"),
    BASIC_CLIENT_GROUPS("gatehouse.basic.client-groups"),
    BASIC_CLIENT_PREFIX("gatehouse.basic.client-prefix"),
    BASIC_FAILURES_PER_CALLER("gatehouse.basic.failures-per-caller"),
    BASIC_FAILURES_PER_ADDRESS("gatehouse.basic.failures-per-address"),
    BASIC_FAILURES_PER_NAME("gatehouse.basic.failures-per-name"),
    BASIC_FAILURE_WINDOW("gatehouse.basic.failure-window"),

    CLIENT_GRANT("gatehouse.clients.<name>.grant", Sharing.OF_CLIENTS),
    CLIENT_ISSUER("gatehouse.clients.<name>.issuer", Sharing.OF_CLIENTS),
    CLIENT_TOKEN_ENDPOINT("gatehouse.clients.<name>.token-endpoint", Sharing.OF_CLIENTS),
    CLIENT_INTROSPECTION_ENDPOINT("gatehouse.clients.<name>.introspection-endpoint", Sharing.OF_CLIENTS),
    CLIENT_REVOCATION_ENDPOINT("gatehouse.clients.<name>.revocation-endpoint", Sharing.OF_CLIENTS),
    CLIENT_ID("gatehouse.clients.<name>.client-id", Sharing.OF_CLIENTS),
    CLIENT_SECRET("gatehouse.clients.<name>.client-secret", Sharing.OF_CLIENTS),
    CLIENT_AUTHENTICATION("gatehouse.clients.<name>.client-authentication", Sharing.OF_CLIENTS),
    CLIENT_CREDENTIALS_ENCODING("gatehouse.clients.<name>.credentials-encoding", Sharing.OF_CLIENTS),
    CLIENT_PRIVATE_KEY_LOCATION("gatehouse.clients.<name>.private-key.location", Sharing.OF_CLIENTS),
    CLIENT_PRIVATE_KEY_ID("gatehouse.clients.<name>.private-key.id", Sharing.OF_CLIENTS),
    CLIENT_PRIVATE_KEY_PASSWORD("gatehouse.clients.<name>.private-key.password", Sharing.OF_CLIENTS),
    CLIENT_KEY_STORE("gatehouse.clients.<name>.key-store", Sharing.OF_CLIENTS),
    CLIENT_KEY_STORE_PASSWORD("gatehouse.clients.<name>.key-store-password", Sharing.OF_CLIENTS),
    CLIENT_SCOPES("gatehouse.clients.<name>.scopes", Sharing.OF_CLIENTS),
    CLIENT_AUDIENCE("gatehouse.clients.<name>.audience", Sharing.OF_CLIENTS),
    CLIENT_RESOURCE("gatehouse.clients.<name>.resource", Sharing.OF_CLIENTS),
    CLIENT_RESOURCE_SERVER("gatehouse.clients.<name>.resource-server", Sharing.OF_CLIENTS),
    CLIENT_PARAMETERS("gatehouse.clients.<name>.parameters.<parameter>", Sharing.OF_CLIENTS),
    CLIENT_HEADERS("gatehouse.clients.<name>.headers.<header>", Sharing.OF_CLIENTS),
    CLIENT_TARGETS("gatehouse.clients.<name>.targets", Sharing.OF_CLIENTS),
    CLIENT_REST_CLIENTS("gatehouse.clients.<name>.rest-clients", Sharing.OF_CLIENTS),
    CLIENT_REFRESH_TOKEN("gatehouse.clients.<name>.refresh-token", Sharing.OF_CLIENTS),
    CLIENT_ACCESS_TOKEN("gatehouse.clients.<name>.access-token", Sharing.OF_CLIENTS),
    CLIENT_EXPIRES_AT("gatehouse.clients.<name>.expires-at", Sharing.OF_CLIENTS),
    CLIENT_USERNAME("gatehouse.clients.<name>.username", Sharing.OF_CLIENTS),
    CLIENT_PASSWORD("gatehouse.clients.<name>.password", Sharing.OF_CLIENTS),
    CLIENT_ACCESS_KEY("gatehouse.clients.<name>.access-key", Sharing.OF_CLIENTS),
    CLIENT_SERVICE_DOMAIN("gatehouse.clients.<name>.service-domain", Sharing.OF_CLIENTS),
    CLIENT_USER_ISSUER("gatehouse.clients.<name>.assertion.issuer", Sharing.OF_CLIENTS),
    CLIENT_USER_SUBJECT("gatehouse.clients.<name>.assertion.subject", Sharing.OF_CLIENTS),
    CLIENT_USER_AUDIENCE("gatehouse.clients.<name>.assertion.audience", Sharing.OF_CLIENTS),
    CLIENT_USER_LIFETIME("gatehouse.clients.<name>.assertion.lifetime", Sharing.OF_CLIENTS),
    CLIENT_USER_CLAIMS("gatehouse.clients.<name>.assertion.claims.<claim>", Sharing.OF_CLIENTS),
    CLIENT_USER_FORM("gatehouse.clients.<name>.assertion.form", Sharing.OF_CLIENTS),
    CLIENT_WITHOUT_CALLER("gatehouse.clients.<name>.without-caller", Sharing.OF_CLIENTS),
    CLIENT_RENEW_BEFORE("gatehouse.clients.<name>.renew-before", Sharing.OF_CLIENTS),
    CLIENT_CONNECT_TIMEOUT("gatehouse.clients.<name>.connect-timeout", Sharing.OF_CLIENTS),
    CLIENT_READ_TIMEOUT("gatehouse.clients.<name>.read-timeout", Sharing.OF_CLIENTS),
    CLIENT_TIMEOUT("gatehouse.clients.<name>.timeout", Sharing.OF_CLIENTS),
    CLIENT_STORAGE("gatehouse.clients.<name>.storage", Sharing.OF_CLIENTS),
    TOKEN_STORAGE_DIRECTORY("gatehouse.token-storage.directory"),
    TOKEN_STORAGE_KEY("gatehouse.token-storage.key"),
    JWKS_PATH("gatehouse.jwks.path"),
    JWKS_MAXIMUM_AGE("gatehouse.jwks.maximum-age"),

    MODE("gatehouse.mode"),
    RESOURCE_METADATA_ENABLED("gatehouse.resource-metadata.enabled"),
    RESOURCE_METADATA_RESOURCE("gatehouse.resource-metadata.resource"),
    RESOURCE_METADATA_URL("gatehouse.resource-metadata.url"),
    RESOURCE_METADATA_AUTHORIZATION_SERVERS("gatehouse.resource-metadata.authorization-servers"),
    RESOURCE_METADATA_SCOPES_SUPPORTED("gatehouse.resource-metadata.scopes-supported"),

    REALM("gatehouse.realm"),
    WHO_AM_I_PATH("gatehouse.whoami.path"),
    SELF_CHECK("gatehouse.self-check"),
    REFUSALS_PATH("gatehouse.refusals.path"),
    REFUSALS_ROLE("gatehouse.refusals.role"),
    REFUSALS_COUNT("gatehouse.refusals.count"),
    HEALTH("gatehouse.health"),
    ALGORITHMS("gatehouse.algorithms", Sharing.INHERITED),
    CRYPTO_PROVIDER("gatehouse.crypto.provider"),
    KEY_STORE_PASSWORD("gatehouse.key-store-password", Sharing.OWN),
    TOKEN_TYPES("gatehouse.token-types", Sharing.INHERITED),
    MAXIMUM_TOKEN_LENGTH("gatehouse.maximum-token-length"),
    TOKEN_CACHE_LIFETIME("gatehouse.token-cache.lifetime"),
    TOKEN_CACHE_MAXIMUM_SIZE("gatehouse.token-cache.maximum-size"),
    TOKEN_CACHE_KEY("gatehouse.token-cache.key"),
    PRINCIPAL_CLAIMS("gatehouse.principal-claims", Sharing.INHERITED),
    REQUIRED_CLAIMS("gatehouse.required-claims", Sharing.INHERITED),
    AUDIENCE_CLAIM("gatehouse.audience-claim", Sharing.INHERITED),
    SCOPE_REQUIRED("gatehouse.scope-required", Sharing.INHERITED),
    REQUIRED_SCOPES("gatehouse.required-scopes", Sharing.INHERITED),
    ROLE_CLAIMS("gatehouse.roles.claims", Sharing.INHERITED),
    ROLE_MAP("gatehouse.roles.map.<role>", Sharing.OWN),
    ROLE_PREFIX("gatehouse.roles.prefix", Sharing.OWN),
    ROLE_CLAIM_PREFIXES("gatehouse.roles.prefixes.<claim>", Sharing.OWN),
    ROLE_STRIPPED_PREFIXES("gatehouse.roles.strip-prefix.<claim>", Sharing.OWN),
    ROLE_CASE("gatehouse.roles.case", Sharing.OWN),
    ROLE_GROUPS_FILE("gatehouse.roles.groups-file", Sharing.OWN),
    ROLE_MAPPED_ONLY("gatehouse.roles.mapped-only", Sharing.OWN),
    ROLE_DEFAULTS("gatehouse.roles.defaults", Sharing.OWN),
    JWKS_REFRESH_AFTER("gatehouse.jwks.refresh-after", Sharing.INHERITED),
    JWKS_USABLE_FOR("gatehouse.jwks.usable-for", Sharing.INHERITED),
    JWKS_COOLDOWN("gatehouse.jwks.cooldown", Sharing.INHERITED),
    HTTP_CONNECT_TIMEOUT("gatehouse.http.connect-timeout"),
    HTTP_READ_TIMEOUT("gatehouse.http.read-timeout"),
    HTTP_TOTAL_TIMEOUT("gatehouse.http.total-timeout"),
    HTTP_MAXIMUM_RESPONSE_SIZE("gatehouse.http.maximum-response-size"),
    ALLOW_MISSING_IAT("gatehouse.allow-missing-iat", Sharing.INHERITED),
    ALLOW_SENDER_CONSTRAINED_TOKENS("gatehouse.allow-sender-constrained-tokens", Sharing.INHERITED),
    ALLOW_APPLICATION_TOKENS("gatehouse.allow-application-tokens", Sharing.OWN),
    ALLOW_ID_TOKENS("gatehouse.allow-id-tokens", Sharing.OWN),
    ALLOW_PLAIN_HTTP("gatehouse.allow-plain-http"),
    ALLOW_WEAK_RSA_KEYS("gatehouse.allow-weak-rsa-keys", Sharing.INHERITED);

    static final String OWN_PREFIX = "gatehouse.";

    static final String ISSUERS_PREFIX = "gatehouse.issuers.";

    static final String CLIENTS_PREFIX = "gatehouse.clients.";

    /** What a property has to do with issuers and clients that have a name. */
    private enum Sharing {
        /** The property is the application's. */
        GLOBAL,
        /** Each issuer has its own value, and no other's. */
        OWN,
        /** An issuer that has no value of its own takes the application's. */
        INHERITED,
        /** Each client that we are has its own value; issuers have none. */
        OF_CLIENTS
    }

    private final String propertyName;
    private final Sharing sharing;
    private final String ending;

    ConfigProperty(String propertyName) {
        this(propertyName, Sharing.GLOBAL, "");
    }

    ConfigProperty(String propertyName, Sharing sharing) {
        this(
                propertyName,
                sharing,
                chosenNameOf(propertyName, ISSUERS_PREFIX)
                        .or(() -> chosenNameOf(propertyName, CLIENTS_PREFIX))
                        .map(chosen -> propertyName.substring(propertyName.indexOf(chosen) + chosen.length() + 1))
                        .orElseGet(() -> propertyName.substring(OWN_PREFIX.length())));
    }

    ConfigProperty(String propertyName, Sharing sharing, String ending) {
        this.propertyName = propertyName;
        this.sharing = sharing;
        this.ending = ending;
    }

    String propertyName() {
        return propertyName;
    }

    /** The whole name with a name of the user's choice in its place. */
    String nameWith(String chosenName) {
        return pattern().with(chosenName);
    }

    /** The name outside of any issuer. */
    PropertyName pattern() {
        return new PropertyName(propertyName);
    }

    /** The name that sets the property of one issuer. */
    PropertyName nameFor(String issuer) {
        return new PropertyName(ISSUERS_PREFIX + issuer + "." + ending);
    }

    /** The name that sets the property of one client. */
    PropertyName nameForClient(String client) {
        return new PropertyName(CLIENTS_PREFIX + client + "." + ending);
    }

    /** The part of the name that follows an issuer's or client's name. */
    PropertyName ending() {
        return new PropertyName(ending);
    }

    boolean isPerIssuer() {
        return sharing == Sharing.OWN || sharing == Sharing.INHERITED;
    }

    boolean isOfClients() {
        return sharing == Sharing.OF_CLIENTS;
    }

    boolean isInherited() {
        return sharing == Sharing.INHERITED;
    }

    /** Whether the property has a name only within {@code gatehouse.issuers.<issuer>}. */
    boolean isOfIssuersOnly() {
        return propertyName().startsWith(ISSUERS_PREFIX);
    }

    /** The issuer's name in the name of a property of {@code gatehouse.issuers}; empty where there is none. */
    static Optional<String> issuerOf(String property) {
        return chosenNameOf(property, ISSUERS_PREFIX);
    }

    /** The client's name in the name of a property of {@code gatehouse.clients}; empty where there is none. */
    static Optional<String> clientOf(String property) {
        return chosenNameOf(property, CLIENTS_PREFIX);
    }

    private static Optional<String> chosenNameOf(String property, String prefix) {
        int end = property.startsWith(prefix) ? property.indexOf('.', prefix.length()) : -1;
        return end <= prefix.length() ? Optional.empty() : Optional.of(property.substring(prefix.length(), end));
    }

    /** How the names of the properties begin that say how an issuer is asked about tokens. */
    static String introspectionPrefix(String issuer) {
        boolean byShorterName = issuer.equals(GatehouseConfigReader.DEFAULT_ISSUER_NAME);
        return (byShorterName ? OWN_PREFIX : ISSUERS_PREFIX + issuer + ".") + "introspection.";
    }

    static boolean isKnown(String name) {
        Optional<String> client = clientOf(name);
        if (client.isPresent()) {
            String ending =
                    name.substring(CLIENTS_PREFIX.length() + client.get().length() + 1);
            return Arrays.stream(values())
                    .anyMatch(property ->
                            property.isOfClients() && property.ending().matches(ending));
        }
        Optional<String> issuer = issuerOf(name);
        if (issuer.isPresent()) {
            String ending =
                    name.substring(ISSUERS_PREFIX.length() + issuer.get().length() + 1);
            return Arrays.stream(values())
                    .anyMatch(property ->
                            property.isPerIssuer() && property.ending().matches(ending));
        }
        return Arrays.stream(values())
                .filter(property -> !property.isOfIssuersOnly() && !property.isOfClients())
                .anyMatch(property -> property.pattern().matches(name));
    }

    /** The environment variable that sets a property (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    static String environmentName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * Whether an environment variable is named like a setting of ours and sets none.
     *
     * @param issuers the names of the issuers there are: a variable alone cannot bring one into being everywhere, because
     *     nobody can tell its name from it
     * @param clients the names of the clients, for which the same is true
     */
    static boolean isMisspeltVariable(String variable, Set<String> issuers, Set<String> clients) {
        if (variable.startsWith(environmentName(CLIENTS_PREFIX))) {
            return clients.stream()
                    .noneMatch(
                            client -> setsOneOf(CLIENTS_PREFIX + client + ".", ConfigProperty::isOfClients, variable));
        }
        if (variable.startsWith(environmentName(ISSUERS_PREFIX))) {
            return issuers.stream()
                    .noneMatch(
                            issuer -> setsOneOf(ISSUERS_PREFIX + issuer + ".", ConfigProperty::isPerIssuer, variable));
        }
        return variable.startsWith(environmentName(OWN_PREFIX))
                && Arrays.stream(values())
                        .filter(property -> !property.isOfIssuersOnly() && !property.isOfClients())
                        .noneMatch(property -> sets(property.pattern(), variable));
    }

    private static boolean setsOneOf(String names, Predicate<ConfigProperty> properties, String variable) {
        String prefix = environmentName(names);
        return variable.startsWith(prefix)
                && Arrays.stream(values())
                        .filter(properties)
                        .anyMatch(property -> sets(property.ending(), variable.substring(prefix.length())));
    }

    private static boolean sets(PropertyName property, String variable) {
        String known = environmentName(property.prefix());
        return known.endsWith("_")
                ? variable.startsWith(known) && variable.length() > known.length()
                : variable.equals(known);
    }

    /** The known name that was probably meant: the nearest one, if it is near at all. */
    static Optional<String> nearest(String name) {
        return nameWithinIssuers(name).or(() -> nearestInSpelling(name));
    }

    /** What only named issuers have, looked for where their other properties have a second name. */
    private static Optional<String> nameWithinIssuers(String name) {
        return Arrays.stream(values())
                .filter(ConfigProperty::isOfIssuersOnly)
                .filter(property ->
                        name.startsWith(OWN_PREFIX) && property.ending().matches(name.substring(OWN_PREFIX.length())))
                .map(ConfigProperty::propertyName)
                .findFirst();
    }

    private static Optional<String> nearestInSpelling(String name) {
        Optional<Stream<String>> ofIssuer = issuerOf(name).map(issuer -> Arrays.stream(values())
                .filter(ConfigProperty::isPerIssuer)
                .map(property -> property.nameFor(issuer).template()));
        Optional<Stream<String>> ofClient = clientOf(name).map(client -> Arrays.stream(values())
                .filter(ConfigProperty::isOfClients)
                .map(property -> property.nameForClient(client).template()));
        Stream<String> names = ofIssuer.or(() -> ofClient)
                .orElseGet(() -> Arrays.stream(values()).map(ConfigProperty::propertyName));
        return EditDistance.nearest(name, names.toList());
    }
}
