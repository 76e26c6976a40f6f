package io.gatehouse.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.TreeMap;

/** The deployed application, as its callers see it, and how it is told whom to trust. Thread-safe. */
final class Application {

    /** No HTTP at all: refused, reset or silent. */
    static final int NO_ANSWER = 0;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;
    private final String target;

    Application(int port, AuthorizationServer server) {
        this.port = port;
        this.target = server.at("/orders");
    }

    /** JWTs are verified, opaque tokens asked about, and one client gets tokens of its own: every room has work. */
    static Archive archive(AuthorizationServer server) throws IOException {
        TreeMap<String, String> properties = new TreeMap<>();
        properties.put("mp.jwt.verify.issuer", SigningKey.ISSUER);
        properties.put("mp.jwt.verify.publickey.location", server.at("/jwks"));
        properties.put("mp.jwt.verify.audiences", SigningKey.AUDIENCE);
        properties.put("gatehouse.validation", "auto");
        properties.put("gatehouse.jwks.refresh-after", "10s");
        properties.put("gatehouse.introspection.endpoint", server.at("/introspect"));
        properties.put("gatehouse.introspection.client-id", "orders-api");
        properties.put("gatehouse.introspection.client-secret", "not-a-secret");
        properties.put("gatehouse.introspection.cache.lifetime", Load.REVOKED_TOKEN_MAY_LIVE.toSeconds() + "s");
        properties.put("gatehouse.clients.orders.token-endpoint", server.at("/token"));
        properties.put("gatehouse.clients.orders.client-id", "shop");
        properties.put("gatehouse.clients.orders.client-secret", "not-a-secret");
        properties.put("gatehouse.clients.orders.targets", server.origin());
        properties.put("gatehouse.refusals.path", "/gatehouse/refusals");
        properties.put("gatehouse.refusals.role", "admin");
        properties.put("gatehouse.self-check", "true");
        return new Archive(properties);
    }

    int hello(String token) throws InterruptedException {
        return status("/api/hello", token);
    }

    /** Makes the application call another one with a token of its own. */
    int relay(String token) throws InterruptedException {
        return status("/api/relay?to=" + target, token);
    }

    private int status(String path, String token) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException none) {
            return NO_ANSWER;
        }
    }
}
