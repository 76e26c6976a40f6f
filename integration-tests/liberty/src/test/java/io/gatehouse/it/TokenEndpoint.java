package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The token endpoint of an authorization server with some clients; fails when told to. */
final class TokenEndpoint implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final HttpServer server;
    private final Map<String, String> secrets;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int status = OK;

    private TokenEndpoint(HttpServer server, Map<String, String> secrets) {
        this.server = server;
        this.secrets = secrets;
        server.createContext("/token", this::answer);
    }

    static TokenEndpoint start(Map<String, String> secrets) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TokenEndpoint endpoint = new TokenEndpoint(HttpServer.create(anyPort, 0), secrets);
            endpoint.server.start();
            return endpoint;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/token";
    }

    void fail(int statusCode) {
        status = statusCode;
    }

    void recover() {
        status = OK;
    }

    int calls() {
        return calls.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            boolean known = form.contains("grant_type=client_credentials")
                    && isKnown(exchange.getRequestHeaders().getFirst("Authorization"));
            int answered = status != OK ? status : known ? OK : UNAUTHORIZED;
            byte[] body = (answered == OK
                            ? "{\"access_token\":\"t\",\"token_type\":\"Bearer\"}"
                            : "{\"error\":\"invalid_client\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answered, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private boolean isKnown(String authorization) {
        String[] credentials = new String(
                        Base64.getDecoder().decode(authorization.substring("Basic ".length())),
                        StandardCharsets.US_ASCII)
                .split(":", 2);
        String secret = secrets.get(URLDecoder.decode(credentials[0], StandardCharsets.UTF_8));
        return URLDecoder.decode(credentials[1], StandardCharsets.UTF_8).equals(secret);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
