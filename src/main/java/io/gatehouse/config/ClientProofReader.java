package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ASSERTION_AUDIENCE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_BEARER_TOKEN;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CLIENT_AUTHENTICATION;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CLIENT_ID;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CLIENT_SECRET;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_CREDENTIALS_ENCODING;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_KEY_STORE;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_PRIVATE_KEY_ID;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_PRIVATE_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_TOKEN_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.INTROSPECTION_TOKEN_SCOPE;
import static io.gatehouse.config.ConfigProperty.ISSUER;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.keys.UnusableKeyException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how we prove to the introspection endpoint who we are: exactly one way. No secret gets into a problem. */
final class ClientProofReader {

    private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private static final List<ConfigProperty> PROOFS = List.of(
            INTROSPECTION_BEARER_TOKEN,
            INTROSPECTION_CLIENT_SECRET,
            INTROSPECTION_PRIVATE_KEY_LOCATION,
            INTROSPECTION_KEY_STORE);

    private final PropertyValues values;
    private final ResourceReader resources;
    private final ClientSecretReader secrets;

    ClientProofReader(PropertyValues values, ResourceReader resources) {
        this.values = values;
        this.resources = resources;
        this.secrets =
                new ClientSecretReader(values, INTROSPECTION_CLIENT_AUTHENTICATION, INTROSPECTION_CREDENTIALS_ENCODING);
    }

    /** The one proof; null after a problem was noted. */
    @Nullable ClientProof read(HttpSettings http) {
        List<String> given = PROOFS.stream()
                .filter(property -> values.text(property).isPresent())
                .map(values::name)
                .toList();
        if (given.size() != 1) {
            values.problem(
                    INTROSPECTION_ENDPOINT,
                    given.isEmpty()
                            ? "the endpoint needs to know who asks: set one of " + names(PROOFS)
                            : "the endpoint takes one proof of who asks, not " + String.join(" and ", given));
            return null;
        }
        refuseLonely();
        Optional<String> token = values.text(INTROSPECTION_BEARER_TOKEN);
        if (token.isPresent()) {
            return ofToken(token.get());
        }
        ClientProof proof = clientProof();
        return proof == null ? null : orFetchedToken(proof, http);
    }

    /** What is of use only beside something else, and would silently not be in force. */
    private void refuseLonely() {
        requires(INTROSPECTION_TOKEN_SCOPE, INTROSPECTION_TOKEN_ENDPOINT);
        requires(INTROSPECTION_KEY_STORE_PASSWORD, INTROSPECTION_KEY_STORE);
        requires(INTROSPECTION_PRIVATE_KEY_ID, INTROSPECTION_PRIVATE_KEY_LOCATION);
        requires(INTROSPECTION_ASSERTION_AUDIENCE, INTROSPECTION_PRIVATE_KEY_LOCATION);
        requires(INTROSPECTION_CREDENTIALS_ENCODING, INTROSPECTION_CLIENT_SECRET);
    }

    private void requires(ConfigProperty property, ConfigProperty partner) {
        if (values.isOwn(property) && values.text(partner).isEmpty()) {
            values.problem(property, "is of use only with " + values.name(partner) + ", which is not set");
        }
    }

    private String names(List<ConfigProperty> properties) {
        return String.join(", ", properties.stream().map(values::name).toList());
    }

    private @Nullable ClientProof ofToken(String token) {
        List<String> contradicting = Stream.of(
                        INTROSPECTION_CLIENT_ID, INTROSPECTION_CLIENT_AUTHENTICATION, INTROSPECTION_TOKEN_ENDPOINT)
                .filter(property -> values.text(property).isPresent())
                .map(values::name)
                .toList();
        if (!contradicting.isEmpty()) {
            values.problem(
                    INTROSPECTION_BEARER_TOKEN,
                    "is set together with " + String.join(" and ", contradicting) + "; use the token or the client");
            return null;
        }
        if (!BEARER_TOKEN.matcher(token).matches()) {
            values.problem(INTROSPECTION_BEARER_TOKEN, "has characters that no bearer token has (RFC 6750 §2.1)");
            return null;
        }
        return ClientProof.ofToken(token);
    }

    private @Nullable ClientProof clientProof() {
        String clientId = values.text(INTROSPECTION_CLIENT_ID).orElse(null);
        if (clientId == null) {
            values.problem(INTROSPECTION_CLIENT_ID, "is missing: set it to this application's id at the server");
            return null;
        }
        Optional<String> secret = values.text(INTROSPECTION_CLIENT_SECRET);
        if (secret.isPresent()) {
            return ofSecret(clientId, secret.get());
        }
        if (values.text(INTROSPECTION_KEY_STORE).isPresent()) {
            secrets.requireMethod("tls_client_auth");
            return new ClientProof.Ready(new ClientAuthentication.TlsClient(clientId));
        }
        secrets.requireMethod("private_key_jwt");
        return ofPrivateKey(clientId);
    }

    private @Nullable ClientProof ofSecret(String clientId, String secret) {
        ClientAuthentication authentication = secrets.read(clientId, secret);
        return authentication == null ? null : new ClientProof.Ready(authentication);
    }

    private @Nullable ClientProof ofPrivateKey(String clientId) {
        String location = values.text(INTROSPECTION_PRIVATE_KEY_LOCATION).orElse("");
        String audience = values.text(INTROSPECTION_ASSERTION_AUDIENCE)
                .or(() -> values.list(ISSUER).map(issuers -> issuers.get(0)))
                .or(() -> values.text(INTROSPECTION_ENDPOINT))
                .orElse("");
        String text = resources.read(INTROSPECTION_PRIVATE_KEY_LOCATION, location, values);
        if (text == null) {
            return null;
        }
        try {
            String kid = values.text(INTROSPECTION_PRIVATE_KEY_ID).orElse(null);
            return new ClientProof.Assertion(clientId, SigningKey.parse(text, kid), audience);
        } catch (UnusableKeyException unusable) {
            values.problem(INTROSPECTION_PRIVATE_KEY_LOCATION, "the key cannot be used: " + unusable.reason());
            return null;
        }
    }

    /** Where a token endpoint is named, the client proves itself there, and to the introspection endpoint by a token. */
    private @Nullable ClientProof orFetchedToken(ClientProof proof, HttpSettings http) {
        if (values.text(INTROSPECTION_TOKEN_ENDPOINT).isEmpty()) {
            return proof;
        }
        URI tokenEndpoint = values.url(INTROSPECTION_TOKEN_ENDPOINT, http);
        String scope = values.text(INTROSPECTION_TOKEN_SCOPE).orElse(null);
        return tokenEndpoint == null ? null : new ClientProof.FetchedToken(tokenEndpoint, proof, scope);
    }
}
