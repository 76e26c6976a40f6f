package io.gatehouse.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The properties that Gatehouse reads. {@code docs/configuration.md} lists the same ones, and a test compares. */
enum ConfigProperty {
    ISSUER("mp.jwt.verify.issuer"),
    PUBLIC_KEY("mp.jwt.verify.publickey"),
    PUBLIC_KEY_LOCATION("mp.jwt.verify.publickey.location"),
    PUBLIC_KEY_ALGORITHM("mp.jwt.verify.publickey.algorithm"),
    AUDIENCES("mp.jwt.verify.audiences"),
    CLOCK_SKEW("mp.jwt.verify.clock.skew"),
    TOKEN_AGE("mp.jwt.verify.token.age"),
    TOKEN_HEADER("mp.jwt.token.header"),
    TOKEN_COOKIE("mp.jwt.token.cookie"),
    DECRYPT_KEY_LOCATION("mp.jwt.decrypt.key.location"),
    DECRYPT_KEY_ALGORITHM("mp.jwt.decrypt.key.algorithm"),

    VALIDATION("gatehouse.validation"),
    INTROSPECTION_ENDPOINT("gatehouse.introspection.endpoint"),
    INTROSPECTION_BEARER_TOKEN("gatehouse.introspection.bearer-token"),
    INTROSPECTION_CLIENT_ID("gatehouse.introspection.client-id"),
    INTROSPECTION_CLIENT_SECRET("gatehouse.introspection.client-secret"),
    INTROSPECTION_CLIENT_AUTHENTICATION("gatehouse.introspection.client-authentication"),
    INTROSPECTION_CREDENTIALS_ENCODING("gatehouse.introspection.credentials-encoding"),
    INTROSPECTION_PRIVATE_KEY_LOCATION("gatehouse.introspection.private-key-location"),
    INTROSPECTION_PRIVATE_KEY_ID("gatehouse.introspection.private-key-id"),
    INTROSPECTION_ASSERTION_AUDIENCE("gatehouse.introspection.assertion-audience"),
    INTROSPECTION_KEY_STORE("gatehouse.introspection.key-store"),
    INTROSPECTION_KEY_STORE_PASSWORD("gatehouse.introspection.key-store-password"),
    INTROSPECTION_TOKEN_ENDPOINT("gatehouse.introspection.token-endpoint"),
    INTROSPECTION_TOKEN_SCOPE("gatehouse.introspection.token-scope"),
    INTROSPECTION_PARAMETERS("gatehouse.introspection.parameters.<name>"),
    INTROSPECTION_SIGNED_ANSWERS("gatehouse.introspection.signed-answers"),
    INTROSPECTION_PRINCIPAL_CLAIMS("gatehouse.introspection.principal-claims"),
    INTROSPECTION_CLIENT_PREFIX("gatehouse.introspection.client-prefix"),
    INTROSPECTION_REQUIRED_CLAIMS("gatehouse.introspection.required-claims"),
    INTROSPECTION_ROLE_CLAIMS("gatehouse.introspection.roles.claims"),
    INTROSPECTION_CACHE_LIFETIME("gatehouse.introspection.cache.lifetime"),
    INTROSPECTION_CACHE_MAXIMUM_SIZE("gatehouse.introspection.cache.maximum-size"),
    INTROSPECTION_CACHE_DEAD_LIFETIME("gatehouse.introspection.cache.dead-lifetime"),
    INTROSPECTION_CACHE_DEAD_MAXIMUM_SIZE("gatehouse.introspection.cache.dead-maximum-size"),
    INTROSPECTION_CACHE_STALE_IF_ERROR("gatehouse.introspection.cache.stale-if-error"),
    INTROSPECTION_MAXIMUM_CONCURRENCY("gatehouse.introspection.maximum-concurrency"),
    INTROSPECTION_STALLED_AFTER("gatehouse.introspection.stalled-after"),
    INTROSPECTION_FAILURE_THRESHOLD("gatehouse.introspection.failure-threshold"),
    INTROSPECTION_PAUSE("gatehouse.introspection.pause"),

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
    BASIC_FAILURE_WINDOW("gatehouse.basic.failure-window"),

    REALM("gatehouse.realm"),
    ALGORITHMS("gatehouse.algorithms"),
    TOKEN_TYPES("gatehouse.token-types"),
    MAXIMUM_TOKEN_LENGTH("gatehouse.maximum-token-length"),
    PRINCIPAL_CLAIMS("gatehouse.principal-claims"),
    REQUIRED_CLAIMS("gatehouse.required-claims"),
    ROLE_CLAIMS("gatehouse.roles.claims"),
    ROLE_MAP("gatehouse.roles.map.<role>"),
    JWKS_REFRESH_AFTER("gatehouse.jwks.refresh-after"),
    JWKS_USABLE_FOR("gatehouse.jwks.usable-for"),
    JWKS_COOLDOWN("gatehouse.jwks.cooldown"),
    HTTP_CONNECT_TIMEOUT("gatehouse.http.connect-timeout"),
    HTTP_READ_TIMEOUT("gatehouse.http.read-timeout"),
    HTTP_TOTAL_TIMEOUT("gatehouse.http.total-timeout"),
    HTTP_MAXIMUM_RESPONSE_SIZE("gatehouse.http.maximum-response-size"),
    ALLOW_MISSING_IAT("gatehouse.allow-missing-iat"),
    ALLOW_SENDER_CONSTRAINED_TOKENS("gatehouse.allow-sender-constrained-tokens"),
    ALLOW_PLAIN_HTTP("gatehouse.allow-plain-http"),
    ALLOW_WEAK_RSA_KEYS("gatehouse.allow-weak-rsa-keys");

    static final String OWN_PREFIX = "gatehouse.";

    private final String propertyName;

    ConfigProperty(String propertyName) {
        this.propertyName = propertyName;
    }

    String propertyName() {
        return propertyName;
    }

    /** The part of the name that stands before a name of the user's choice; the whole name where there is none. */
    String prefix() {
        int placeholder = propertyName.indexOf('<');
        return placeholder < 0 ? propertyName : propertyName.substring(0, placeholder);
    }

    /** The part of the name that stands behind a name of the user's choice; empty where there is none. */
    String suffix() {
        int placeholder = propertyName.indexOf('>');
        return placeholder < 0 ? "" : propertyName.substring(placeholder + 1);
    }

    /** The whole name with a name of the user's choice in its place. */
    String nameWith(String chosenName) {
        return prefix() + chosenName + suffix();
    }

    private boolean matches(String name) {
        return chosenPart(name).isPresent() || propertyName.equals(name);
    }

    /** What the user has put into the place of {@code <name>}; empty where this is another property. */
    Optional<String> chosenPart(String name) {
        boolean fits = !prefix().equals(propertyName)
                && name.startsWith(prefix())
                && name.endsWith(suffix())
                && name.length() > prefix().length() + suffix().length();
        return fits
                ? Optional.of(name.substring(prefix().length(), name.length() - suffix().length()))
                : Optional.empty();
    }

    static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(property -> property.matches(name));
    }

    /** The environment variable that sets a property (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    static String environmentName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Whether an environment variable is named like a setting of ours and sets none. */
    static boolean isMisspeltVariable(String variable) {
        return variable.startsWith(environmentName(OWN_PREFIX))
                && Arrays.stream(values())
                        .map(property -> environmentName(property.prefix()))
                        .noneMatch(known -> known.endsWith("_") ? variable.startsWith(known) : variable.equals(known));
    }

    /** The known name that was probably meant: the nearest one, if it is near at all. */
    static Optional<String> nearest(String name) {
        List<String> names =
                Arrays.stream(values()).map(ConfigProperty::propertyName).toList();
        return EditDistance.nearest(name, names);
    }
}
