package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.CLIENT_AUDIENCE;
import static io.gatehouse.config.ConfigProperty.CLIENT_AUTHENTICATION;
import static io.gatehouse.config.ConfigProperty.CLIENT_CREDENTIALS_ENCODING;
import static io.gatehouse.config.ConfigProperty.CLIENT_HEADERS;
import static io.gatehouse.config.ConfigProperty.CLIENT_ID;
import static io.gatehouse.config.ConfigProperty.CLIENT_INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_ISSUER;
import static io.gatehouse.config.ConfigProperty.CLIENT_KEY_STORE;
import static io.gatehouse.config.ConfigProperty.CLIENT_KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_PARAMETERS;
import static io.gatehouse.config.ConfigProperty.CLIENT_PRIVATE_KEY_ID;
import static io.gatehouse.config.ConfigProperty.CLIENT_PRIVATE_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.CLIENT_PRIVATE_KEY_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_RESOURCE;
import static io.gatehouse.config.ConfigProperty.CLIENT_REVOCATION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_SCOPES;
import static io.gatehouse.config.ConfigProperty.CLIENT_SECRET;
import static io.gatehouse.config.ConfigProperty.CLIENT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.CLIENT_TOKEN_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_AUDIENCE;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_FORM;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_ISSUER;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_LIFETIME;

import io.gatehouse.config.ClientConfig.Discovery;
import io.gatehouse.config.ClientConfig.Server;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.keys.SigningKeyFiles;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.outbound.TokenClientSettings.AssertionForm;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.outbound.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which authorization server a client asks, and how it proves there who it is. No secret gets into a problem. */
final class ClientServerReader {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    /** Parameters with a setting of their own. */
    private static final Set<String> OTHER_SETTINGS = Set.of("audience", "resource");

    private final PropertyValues values;
    private final ResourceReader resources;
    private final ClientSecretReader secrets;

    ClientServerReader(PropertyValues values, ResourceReader resources) {
        this.values = values;
        this.resources = resources;
        this.secrets = new ClientSecretReader(values, CLIENT_AUTHENTICATION, CLIENT_CREDENTIALS_ENCODING);
    }

    /** Whether anything is said about a server. */
    boolean isNamed() {
        return Stream.of(
                        CLIENT_ISSUER,
                        CLIENT_TOKEN_ENDPOINT,
                        CLIENT_INTROSPECTION_ENDPOINT,
                        CLIENT_REVOCATION_ENDPOINT,
                        CLIENT_ID)
                .anyMatch(property -> values.text(property).isPresent());
    }

    /** Null after a problem was noted. */
    @Nullable Server read(HttpSettings http) {
        secrets.requires(CLIENT_KEY_STORE_PASSWORD, CLIENT_KEY_STORE);
        secrets.requires(CLIENT_PRIVATE_KEY_ID, CLIENT_PRIVATE_KEY_LOCATION);
        secrets.requires(CLIENT_PRIVATE_KEY_PASSWORD, CLIENT_PRIVATE_KEY_LOCATION);
        secrets.requires(CLIENT_CREDENTIALS_ENCODING, CLIENT_SECRET);
        secrets.requires(CLIENT_USER_AUDIENCE, CLIENT_PRIVATE_KEY_LOCATION);
        secrets.requires(CLIENT_USER_ISSUER, CLIENT_PRIVATE_KEY_LOCATION);
        secrets.requires(CLIENT_USER_LIFETIME, CLIENT_USER_ISSUER);
        secrets.requires(CLIENT_USER_FORM, CLIENT_USER_ISSUER);
        Discovery discovery = discovery(http);
        URI token = endpoint(CLIENT_TOKEN_ENDPOINT, http);
        URI introspection = endpoint(CLIENT_INTROSPECTION_ENDPOINT, http);
        URI revocation = endpoint(CLIENT_REVOCATION_ENDPOINT, http);
        ClientIdentity identity = identity(token);
        SigningKeyLocation keys = keys();
        Assertions assertions = assertions();
        TokenRequest defaults = defaults();
        Duration timeout =
                values.duration(CLIENT_TIMEOUT, DEFAULT_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(2));
        return identity == null
                ? null
                : new Server(
                        discovery,
                        token,
                        introspection,
                        revocation,
                        values.text(CLIENT_ISSUER).orElse(null),
                        values.text(CLIENT_ID).orElseThrow(),
                        identity,
                        keys,
                        assertions,
                        defaults,
                        timeout);
    }

    private @Nullable URI endpoint(ConfigProperty property, HttpSettings http) {
        return values.url(property, http);
    }

    private @Nullable Discovery discovery(HttpSettings http) {
        String issuer = values.text(CLIENT_ISSUER).orElse(null);
        if (issuer == null) {
            if (values.text(CLIENT_TOKEN_ENDPOINT).isEmpty()) {
                values.problem(
                        CLIENT_TOKEN_ENDPOINT,
                        "is missing: set it to the URL where tokens are given out, or " + values.name(CLIENT_ISSUER)
                                + " to the issuer whose metadata name it");
            }
            return null;
        }
        URI url = values.url(CLIENT_ISSUER, http);
        if (url == null) {
            return null;
        }
        return new Discovery(DiscoveryConfigReader.documents(url), issuers(issuer));
    }

    /** The Baikal SDK takes its base URL either way. */
    private Set<String> issuers(String issuer) {
        boolean eitherWay = BaikalVariables.isOne(values.name(CLIENT_ISSUER));
        String bare = issuer.replaceFirst("/$", "");
        return eitherWay ? Set.of(bare, bare + "/") : Set.of(issuer);
    }

    private @Nullable ClientIdentity identity(@Nullable URI tokenEndpoint) {
        String clientId = values.text(CLIENT_ID).orElse(null);
        if (clientId == null) {
            values.problem(CLIENT_ID, "is missing: set it to this application's id at the server");
            return null;
        }
        return switch (method()) {
            case "client_secret_basic", "client_secret_post" -> ofSecret(clientId);
            case "private_key_jwt" -> ofPrivateKey(clientId, tokenEndpoint);
            case "tls_client_auth" -> {
                requireFor("tls_client_auth", CLIENT_KEY_STORE);
                refuseWith("tls_client_auth", CLIENT_SECRET);
                yield new ClientIdentity.Ready(new ClientAuthentication.TlsClient(clientId));
            }
            case "none" -> {
                refuseWith("none", CLIENT_SECRET);
                yield new ClientIdentity.Ready(new ClientAuthentication.PublicClient(clientId));
            }
            case "" -> {
                values.problem(
                        CLIENT_ID,
                        "needs a proof: set one of "
                                + Stream.of(CLIENT_SECRET, CLIENT_PRIVATE_KEY_LOCATION, CLIENT_KEY_STORE)
                                        .map(values::name)
                                        .toList()
                                + ", or " + values.name(CLIENT_AUTHENTICATION) + "=none for a public client");
                yield null;
            }
            default -> {
                values.problem(
                        CLIENT_AUTHENTICATION,
                        "\"" + method() + "\" is none of client_secret_basic, client_secret_post, private_key_jwt,"
                                + " tls_client_auth and none");
                yield null;
            }
        };
    }

    /** As configured, or what the one secret is good for; a private key beside it is for assertions about users. */
    private String method() {
        return values.text(CLIENT_AUTHENTICATION).orElseGet(() -> {
            if (values.text(CLIENT_SECRET).isPresent()) {
                return "client_secret_basic";
            }
            if (values.text(CLIENT_KEY_STORE).isPresent()) {
                return "tls_client_auth";
            }
            return values.text(CLIENT_PRIVATE_KEY_LOCATION).isPresent() ? "private_key_jwt" : "";
        });
    }

    private void requireFor(String method, ConfigProperty property) {
        if (values.text(property).isEmpty()) {
            values.problem(property, "is missing, and " + method + " needs it");
        }
    }

    private void refuseWith(String method, ConfigProperty secret) {
        if (values.text(secret).isPresent()) {
            values.problem(secret, "is of no use with " + method + "; remove one of them");
        }
    }

    private @Nullable ClientIdentity ofSecret(String clientId) {
        String secret = values.text(CLIENT_SECRET).orElse(null);
        if (secret == null) {
            requireFor(method(), CLIENT_SECRET);
            return null;
        }
        boolean keyOfNoUse = values.text(CLIENT_PRIVATE_KEY_LOCATION).isPresent()
                && values.text(CLIENT_USER_ISSUER).isEmpty();
        if (keyOfNoUse) {
            values.problem(
                    CLIENT_PRIVATE_KEY_LOCATION,
                    "is set together with " + values.name(CLIENT_SECRET) + ": keep one, or set "
                            + values.name(CLIENT_USER_ISSUER) + " where the key is for assertions about users");
        }
        ClientAuthentication authentication = secrets.read(clientId, secret);
        return authentication == null ? null : new ClientIdentity.Ready(authentication);
    }

    private @Nullable ClientIdentity ofPrivateKey(String clientId, @Nullable URI tokenEndpoint) {
        requireFor("private_key_jwt", CLIENT_PRIVATE_KEY_LOCATION);
        refuseWith("private_key_jwt", CLIENT_SECRET);
        String audience = values.text(CLIENT_USER_AUDIENCE)
                .or(() -> values.text(CLIENT_ISSUER))
                .orElseGet(() -> String.valueOf(tokenEndpoint));
        return new ClientIdentity.Assertion(clientId, audience);
    }

    private @Nullable SigningKeyLocation keys() {
        String location = values.text(CLIENT_PRIVATE_KEY_LOCATION).orElse(null);
        if (location == null) {
            return null;
        }
        String keyId = values.text(CLIENT_PRIVATE_KEY_ID).orElse(null);
        try {
            SigningKeyFiles files = files(location);
            return new SigningKeyLocation(location, keyId, keyId == null ? files : files.withKeyId(keyId));
        } catch (UnusableKeyException unusable) {
            values.problem(
                    CLIENT_PRIVATE_KEY_LOCATION,
                    "the key of \"" + location + "\" cannot be used: " + unusable.reason());
        } catch (IOException | IllegalArgumentException unreadable) {
            values.problem(CLIENT_PRIVATE_KEY_LOCATION, ResourceReader.unreadable(location, unreadable));
        }
        return null;
    }

    private SigningKeyFiles files(String location) throws IOException, UnusableKeyException {
        String password = values.text(CLIENT_PRIVATE_KEY_PASSWORD).orElse(null);
        Path file = ResourceReader.file(location);
        return file == null
                ? SigningKeyFiles.fixed(location, resources.readResource(location), password)
                : SigningKeyFiles.read(file, password);
    }

    private @Nullable Assertions assertions() {
        String issuer = values.text(CLIENT_USER_ISSUER).orElse(null);
        if (issuer == null) {
            return null;
        }
        Duration lifetime = values.duration(
                CLIENT_USER_LIFETIME, Assertions.DEFAULT_LIFETIME, Duration.ofMinutes(1), Duration.ofMinutes(5));
        return new Assertions(issuer, values.text(CLIENT_USER_AUDIENCE).orElse(null), lifetime, form());
    }

    private AssertionForm form() {
        String form = values.text(CLIENT_USER_FORM).orElse("standard");
        if (form.equals("baikal")) {
            if (values.text(CLIENT_USER_LIFETIME).isPresent()) {
                values.problem(CLIENT_USER_LIFETIME, "is of no use with the form baikal, which lasts an hour");
            }
            return AssertionForm.BAIKAL;
        }
        if (!form.equals("standard")) {
            values.problem(CLIENT_USER_FORM, "\"" + form + "\" is not standard or baikal");
        }
        return AssertionForm.STANDARD;
    }

    private TokenRequest defaults() {
        TokenRequest request = TokenRequest.empty()
                .withScopes(values.list(CLIENT_SCOPES).orElse(List.of()).toArray(String[]::new));
        for (String audience : values.list(CLIENT_AUDIENCE).orElse(List.of())) {
            request = request.withParameter("audience", audience);
        }
        for (String resource : values.list(CLIENT_RESOURCE).orElse(List.of())) {
            request = request.withParameter("resource", resource);
        }
        return withHeaders(withParameters(request));
    }

    private TokenRequest withParameters(TokenRequest request) {
        TokenRequest longer = request;
        for (Map.Entry<String, String> parameter :
                values.chosenOfClient(CLIENT_PARAMETERS).entrySet()) {
            String name = parameter.getKey();
            if (OTHER_SETTINGS.contains(name)) {
                values.problem(CLIENT_PARAMETERS, name, "has a setting of its own: " + name);
            }
            try {
                longer = longer.withParameter(name, parameter.getValue());
            } catch (IllegalArgumentException reserved) {
                values.problem(CLIENT_PARAMETERS, name, "cannot be set: " + reserved.getMessage());
            }
        }
        return longer;
    }

    private TokenRequest withHeaders(TokenRequest request) {
        TokenRequest longer = request;
        for (Map.Entry<String, String> header :
                values.chosenOfClient(CLIENT_HEADERS).entrySet()) {
            try {
                longer = longer.withHeader(header.getKey(), header.getValue());
            } catch (IllegalArgumentException unusable) {
                values.problem(CLIENT_HEADERS, header.getKey(), "cannot be set: " + unusable.getMessage());
            }
        }
        return longer;
    }
}
