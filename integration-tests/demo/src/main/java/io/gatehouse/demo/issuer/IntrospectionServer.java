package io.gatehouse.demo.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * The issuer's introspection endpoint (RFC 7662), on a port of its own: under the application's own roof the
 * application's gate would ask about the very token with which it asks.
 *
 * <p>Open only where {@code gatehouse.introspection.endpoint} is {@code demo.introspection}. Whoever asks proves himself
 * by the token {@code demo-introspection-token} or as the client {@code demo} with {@code demo-secret}.
 */
@ApplicationScoped
public class IntrospectionServer {

    private static final String TOKEN = "Bearer demo-introspection-token";
    private static final String CLIENT =
            "Basic " + Base64.getEncoder().encodeToString("demo:demo-secret".getBytes(StandardCharsets.US_ASCII));

    @Inject
    Config config;

    @Inject
    OpaqueTokens tokens;

    private HttpServer server;
    private ExecutorService threads;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Optional<String> own = config.getOptionalValue("demo.introspection", String.class);
        Optional<String> asked = config.getOptionalValue("gatehouse.introspection.endpoint", String.class);
        if (own.isPresent() && own.equals(asked)) {
            open(URI.create(own.get()));
        }
    }

    private void open(URI endpoint) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException("port " + endpoint.getPort() + " is not free", taken);
        }
        threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        server.createContext(endpoint.getPath(), this::answer);
        server.start();
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String token = form(exchange).get("token");
            if (!TOKEN.equals(authorization) && !CLIENT.equals(authorization)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (!exchange.getRequestMethod().equals("POST") || token == null) {
                exchange.sendResponseHeaders(400, -1);
            } else {
                byte[] body = tokens.introspect(token).toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(64 * 1024), StandardCharsets.US_ASCII);
        return Stream.of(body.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), (a, b) -> b));
    }
}
