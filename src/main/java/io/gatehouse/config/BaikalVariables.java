package io.gatehouse.config;

import io.gatehouse.config.PropertyValues.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of the Baikal SDK, which make a client of this name without any property of ours: whoever moves
 * over keeps his environment. What is set as {@code gatehouse.clients.baikal.…} comes first. Stateless.
 */
final class BaikalVariables {

    static final String CLIENT = "baikal";

    private static final String ENDPOINT = "BAIKAL_AUTHSERVER_ENDPOINT";
    private static final String CLIENT_ID = "BAIKAL_CLIENT_ID";
    private static final String CLIENT_SECRET = "BAIKAL_CLIENT_SECRET";
    private static final String ISSUER = "BAIKAL_ISSUER";
    private static final String PRIVATE_KEYS = "BAIKAL_PRIVATE_CERTS_PATH";
    private static final String VERIFY_CERTIFICATES = "BAIKAL_VERIFY_CERTS";

    private BaikalVariables() {}

    /** Whether there are enough of them for a client. */
    static boolean makeClient(PropertyValues values) {
        return find(values, ENDPOINT).isPresent() && find(values, CLIENT_ID).isPresent();
    }

    /** What they set, by the ending of the property's name. */
    static Map<String, Setting> settings(PropertyValues values) {
        if (!makeClient(values)) {
            return Map.of();
        }
        Map<String, Setting> settings = new LinkedHashMap<>();
        put(values, ENDPOINT, ConfigProperty.CLIENT_ISSUER, settings);
        put(values, CLIENT_ID, ConfigProperty.CLIENT_ID, settings);
        put(values, CLIENT_SECRET, ConfigProperty.CLIENT_SECRET, settings);
        // The SDK takes one without the other, and then makes no assertions.
        if (isSet(values, PRIVATE_KEYS, ConfigProperty.CLIENT_PRIVATE_KEY_LOCATION)
                && isSet(values, ISSUER, ConfigProperty.CLIENT_USER_ISSUER)) {
            put(values, ISSUER, ConfigProperty.CLIENT_USER_ISSUER, settings);
            put(values, PRIVATE_KEYS, ConfigProperty.CLIENT_PRIVATE_KEY_LOCATION, settings);
        }
        find(values, CLIENT_SECRET)
                .ifPresent(secret -> settings.put(
                        ConfigProperty.CLIENT_CREDENTIALS_ENCODING.ending().template(),
                        new Setting(CLIENT_SECRET, "raw")));
        return settings;
    }

    private static boolean isSet(PropertyValues values, String variable, ConfigProperty property) {
        return find(values, variable).isPresent()
                || values.value(property.nameForClient(CLIENT).template()).isPresent();
    }

    private static void put(
            PropertyValues values, String variable, ConfigProperty property, Map<String, Setting> settings) {
        find(values, variable)
                .ifPresent(value -> settings.put(property.ending().template(), new Setting(variable, value)));
    }

    /** By its own name, and as the property that MicroProfile Config makes of it. */
    private static Optional<String> find(PropertyValues values, String variable) {
        return values.value(variable)
                .or(() -> values.value(variable.toLowerCase(Locale.ROOT).replace('_', '.')));
    }

    /** Whether the settings came from here, and so the metadata may call the issuer with or without a slash at its end. */
    static boolean isOne(String name) {
        return List.of(ENDPOINT, CLIENT_ID, CLIENT_SECRET, ISSUER, PRIVATE_KEYS).contains(name);
    }

    /** Certificates are verified, whoever says otherwise: without that, anybody on the way reads the secret. */
    static Optional<ConfigProblem> problem(PropertyValues values) {
        return find(values, VERIFY_CERTIFICATES)
                .filter(text -> makeClient(values) && text.equalsIgnoreCase("false"))
                .map(
                        text -> new ConfigProblem(
                                VERIFY_CERTIFICATES,
                                "\"" + text
                                        + "\" would let anybody on the way read the secret, and there is no such switch. Put the"
                                        + " server's certificate authority into the trust store of the JVM instead, and remove this"));
    }
}
