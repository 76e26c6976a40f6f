package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An introspection endpoint that knows its client by a certificate and signs what it says. The token's text says how it
 * answers, up to the first tilde.
 */
final class SigningAuthorizationServer implements AutoCloseable {

    static final String CLIENT = "orders";

    private static final String SIGNED = "application/token-introspection+jwt";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String issuer;
    private final TestKey key;
    private volatile String client = "nobody";

    private SigningAuthorizationServer(HttpsServer server, String issuer, TestKey key) {
        this.server = server;
        this.issuer = issuer;
        this.key = key;
        server.setHttpsConfigurator(new AskingForACertificate(Tls.SERVER.trusting(Tls.CLIENT)));
        server.createContext("/introspect", this::introspect);
        server.setExecutor(threads);
    }

    private static final class AskingForACertificate extends HttpsConfigurator {
        AskingForACertificate(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
        }
    }

    /** Starts on a free port of the loopback interface, and signs for this issuer with this key. */
    static SigningAuthorizationServer start(String issuer, TestKey key) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            SigningAuthorizationServer started =
                    new SigningAuthorizationServer(HttpsServer.create(anyPort, 0), issuer, key);
            started.server.start();
            return started;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort() + "/introspect";
    }

    /** Who asked last, by the certificate. */
    String client() {
        return client;
    }

    private void introspect(HttpExchange exchange) throws IOException {
        try (exchange) {
            client = ((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName();
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            boolean known = List.of(form.split("&")).contains("client_id=" + CLIENT)
                    && SIGNED.equals(exchange.getRequestHeaders().getFirst("Accept"));
            String token =
                    URLDecoder.decode(form.replaceFirst("(?:^|.*&)token=([^&]*).*", "$1"), StandardCharsets.UTF_8);
            answer(exchange, known ? token.replaceFirst("~.*", "") : "unknown client");
        }
    }

    private void answer(HttpExchange exchange, String script) throws IOException {
        TestToken answer = signed(Map.of("active", true, "iss", issuer, "username", "dora", "scope", "user"));
        switch (script) {
            case "active" -> send(exchange, 200, SIGNED, answer.text());
            case "inactive" ->
                send(exchange, 200, SIGNED, signed(Map.of("active", false)).text());
            case "unsigned" -> send(exchange, 200, "application/json", "{\"active\":true,\"username\":\"dora\"}");
            case "signed-by-another" ->
                send(
                        exchange,
                        200,
                        SIGNED,
                        new TestToken(answer.header(), answer.claims(), TestKey.generate("key", "ES256")).text());
            case "of-another-issuer" ->
                send(
                        exchange,
                        200,
                        SIGNED,
                        answer.claim("iss", "https://evil.example").text());
            case "for-another-client" ->
                send(exchange, 200, SIGNED, answer.claim("aud", "invoices").text());
            case "old" ->
                send(
                        exchange,
                        200,
                        SIGNED,
                        answer.claim("iat", Instant.now().getEpochSecond() - 3600)
                                .text());
            case "of-another-type" ->
                send(exchange, 200, SIGNED, answer.header("typ", "at+jwt").text());
            case "called-json" -> send(exchange, 200, "application/json", answer.text());
            case "empty" -> send(exchange, 200, SIGNED, "");
            default -> send(exchange, 401, "application/json", "{\"error\":\"invalid_client\"}");
        }
    }

    private TestToken signed(Map<String, Object> introspection) {
        Map<String, Object> claims = Map.of(
                "iss",
                issuer,
                "aud",
                CLIENT,
                "iat",
                Instant.now().getEpochSecond(),
                "token_introspection",
                introspection);
        return new TestToken(Map.of("typ", "token-introspection+jwt"), claims, key).signedBy(key);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
