package io.gatehouse.outbound;

import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.outbound.TokenEndpoints.Endpoint;

/** Who speaks HTTP to each endpoint of a server: they may differ in who observes their exchanges. */
public record EndpointClients(JsonHttpClient token, JsonHttpClient introspection, JsonHttpClient revocation) {

    JsonHttpClient to(Endpoint endpoint) {
        return switch (endpoint) {
            case TOKEN -> token;
            case INTROSPECTION -> introspection;
            case REVOCATION -> revocation;
        };
    }
}
