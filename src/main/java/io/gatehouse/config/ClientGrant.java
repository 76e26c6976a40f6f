package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.CLIENT_ACCESS_KEY;
import static io.gatehouse.config.ConfigProperty.CLIENT_ACCESS_TOKEN;
import static io.gatehouse.config.ConfigProperty.CLIENT_AUDIENCE;
import static io.gatehouse.config.ConfigProperty.CLIENT_AUTHENTICATION;
import static io.gatehouse.config.ConfigProperty.CLIENT_CONNECT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.CLIENT_CREDENTIALS_ENCODING;
import static io.gatehouse.config.ConfigProperty.CLIENT_EXPIRES_AT;
import static io.gatehouse.config.ConfigProperty.CLIENT_GRANT;
import static io.gatehouse.config.ConfigProperty.CLIENT_HEADERS;
import static io.gatehouse.config.ConfigProperty.CLIENT_ID;
import static io.gatehouse.config.ConfigProperty.CLIENT_INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_ISSUER;
import static io.gatehouse.config.ConfigProperty.CLIENT_KEY_STORE;
import static io.gatehouse.config.ConfigProperty.CLIENT_KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_PARAMETERS;
import static io.gatehouse.config.ConfigProperty.CLIENT_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_PRIVATE_KEY_ID;
import static io.gatehouse.config.ConfigProperty.CLIENT_PRIVATE_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.CLIENT_PRIVATE_KEY_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_READ_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.CLIENT_REFRESH_TOKEN;
import static io.gatehouse.config.ConfigProperty.CLIENT_RENEW_BEFORE;
import static io.gatehouse.config.ConfigProperty.CLIENT_RESOURCE;
import static io.gatehouse.config.ConfigProperty.CLIENT_RESOURCE_SERVER;
import static io.gatehouse.config.ConfigProperty.CLIENT_REST_CLIENTS;
import static io.gatehouse.config.ConfigProperty.CLIENT_REVOCATION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_SCOPES;
import static io.gatehouse.config.ConfigProperty.CLIENT_SECRET;
import static io.gatehouse.config.ConfigProperty.CLIENT_SERVICE_DOMAIN;
import static io.gatehouse.config.ConfigProperty.CLIENT_STORAGE;
import static io.gatehouse.config.ConfigProperty.CLIENT_TARGETS;
import static io.gatehouse.config.ConfigProperty.CLIENT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.CLIENT_TOKEN_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_USERNAME;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_AUDIENCE;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_CLAIMS;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_FORM;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_ISSUER;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_LIFETIME;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_SUBJECT;
import static io.gatehouse.config.ConfigProperty.CLIENT_WITHOUT_CALLER;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a client comes by what it sends along, and which settings that takes. */
enum ClientGrant {
    CLIENT_CREDENTIALS(
            true, List.of(), CLIENT_ACCESS_TOKEN, CLIENT_EXPIRES_AT, CLIENT_RENEW_BEFORE, CLIENT_RESOURCE_SERVER),
    REFRESH_TOKEN(
            true,
            List.of(CLIENT_REFRESH_TOKEN),
            CLIENT_ACCESS_TOKEN,
            CLIENT_EXPIRES_AT,
            CLIENT_RENEW_BEFORE,
            CLIENT_RESOURCE_SERVER,
            CLIENT_STORAGE),
    JWT_BEARER(
            true,
            List.of(CLIENT_PRIVATE_KEY_LOCATION, CLIENT_USER_ISSUER, CLIENT_USER_SUBJECT),
            CLIENT_USER_CLAIMS,
            CLIENT_RENEW_BEFORE,
            CLIENT_RESOURCE_SERVER),
    TOKEN_EXCHANGE(true, List.of(), CLIENT_WITHOUT_CALLER, CLIENT_RENEW_BEFORE, CLIENT_RESOURCE_SERVER),
    DEPENDENT_TOKEN(true, List.of(), CLIENT_WITHOUT_CALLER, CLIENT_RENEW_BEFORE, CLIENT_RESOURCE_SERVER),
    PROPAGATION(false, List.of(), CLIENT_WITHOUT_CALLER),
    STATIC(false, List.of(CLIENT_ACCESS_TOKEN)),
    BASIC(false, List.of(CLIENT_USERNAME, CLIENT_PASSWORD), CLIENT_CREDENTIALS_ENCODING),
    /** Nothing goes along; a token client is there all the same, where the settings are those of one. */
    NONE(true, List.of()),
    AUTHRESS(false, List.of(CLIENT_ACCESS_KEY), CLIENT_SERVICE_DOMAIN, CLIENT_RENEW_BEFORE);

    private static final Set<ConfigProperty> OF_EVERY_CLIENT =
            EnumSet.of(CLIENT_GRANT, CLIENT_TARGETS, CLIENT_REST_CLIENTS, CLIENT_CONNECT_TIMEOUT, CLIENT_READ_TIMEOUT);

    private static final Set<ConfigProperty> OF_TOKEN_CLIENTS = EnumSet.of(
            CLIENT_ISSUER,
            CLIENT_TOKEN_ENDPOINT,
            CLIENT_INTROSPECTION_ENDPOINT,
            CLIENT_REVOCATION_ENDPOINT,
            CLIENT_ID,
            CLIENT_SECRET,
            CLIENT_AUTHENTICATION,
            CLIENT_CREDENTIALS_ENCODING,
            CLIENT_PRIVATE_KEY_LOCATION,
            CLIENT_PRIVATE_KEY_ID,
            CLIENT_PRIVATE_KEY_PASSWORD,
            CLIENT_KEY_STORE,
            CLIENT_KEY_STORE_PASSWORD,
            CLIENT_SCOPES,
            CLIENT_AUDIENCE,
            CLIENT_RESOURCE,
            CLIENT_PARAMETERS,
            CLIENT_HEADERS,
            CLIENT_USER_ISSUER,
            CLIENT_USER_AUDIENCE,
            CLIENT_USER_LIFETIME,
            CLIENT_USER_FORM,
            CLIENT_TIMEOUT);

    private final boolean asksServer;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<ConfigProperty> required;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<ConfigProperty> optional;

    ClientGrant(boolean asksServer, List<ConfigProperty> required, ConfigProperty... optional) {
        this.asksServer = asksServer;
        this.required = required;
        this.optional = List.of(optional);
    }

    /** As the configuration writes it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ClientGrant> of(String text) {
        return Arrays.stream(values())
                .filter(grant -> grant.text().equals(text))
                .findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(ClientGrant::text).toList();
    }

    /** Whether an authorization server may be asked. */
    boolean asksServer() {
        return asksServer;
    }

    List<ConfigProperty> required() {
        return required;
    }

    /** The settings that say which server is asked, and how. */
    static Set<ConfigProperty> ofTokenClients() {
        return Collections.unmodifiableSet(OF_TOKEN_CLIENTS);
    }

    /** Whether a setting is of any use with this grant; one that is not would silently not be in force. */
    boolean takes(ConfigProperty property) {
        return OF_EVERY_CLIENT.contains(property)
                || (asksServer && OF_TOKEN_CLIENTS.contains(property))
                || required.contains(property)
                || optional.contains(property);
    }
}
