package io.gatehouse.outbound;

import io.gatehouse.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart what is stored for a client before and after its configuration has changed: tokens of one server are not
 * for another. Pure; {@link #toString()} hides the refresh token.
 *
 * @param client its name
 * @param server where it gets its tokens: the token endpoint, or else the issuer
 * @param clientId who it is there
 * @param request its scopes, {@code audience} and {@code resource} count, in any order
 * @param resourceServer whose token is meant; null where that is not said
 * @param refreshToken the configured one
 */
public record StorageNamespace(
        String client,
        String server,
        String clientId,
        TokenRequest request,
        @Nullable String resourceServer,
        String refreshToken) {

    /** The namespace: the client's name, and a hash of all. */
    public String value() {
        Map<String, Object> all = new TreeMap<>();
        all.put("server", server);
        all.put("client_id", clientId);
        all.put("scopes", List.copyOf(new TreeSet<>(request.scopes())));
        all.put("resource_server", Objects.requireNonNullElse(resourceServer, ""));
        all.put("audience", parameters("audience"));
        all.put("resource", parameters("resource"));
        all.put("refresh_token", TokenHash.of(refreshToken));
        return client + "-" + TokenHash.shortOf(JsonWriter.write(all));
    }

    /** Where nothing is known but the refresh token. */
    static String of(String client, String refreshToken) {
        return client + "-" + TokenHash.shortOf(refreshToken);
    }

    private List<String> parameters(String name) {
        return request.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(TokenRequest.Parameter::value)
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return "StorageNamespace[" + client + "]";
    }
}
