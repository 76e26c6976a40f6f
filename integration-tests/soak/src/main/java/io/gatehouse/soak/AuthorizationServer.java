package io.gatehouse.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An authorization server on loopback, and a resource that takes its tokens: publishes keys, answers about opaque tokens,
 * gives out tokens. It can stall, die, and return on the same port. Thread-safe.
 */
final class AuthorizationServer implements AutoCloseable {

    private static final String ACTIVE = "opaque-";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private volatile List<SigningKey> keys;
    private volatile CountDownLatch stall = new CountDownLatch(0);
    private volatile HttpServer server;
    private final int port;

    AuthorizationServer(SigningKey first) throws IOException {
        this.keys = List.of(first);
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int on) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 128);
        listening.setExecutor(threads);
        listening.createContext("/jwks", exchange -> answer(exchange, 200, jwks()));
        listening.createContext("/introspect", this::introspect);
        listening.createContext("/token", this::giveToken);
        listening.createContext("/orders", this::orders);
        listening.start();
        return listening;
    }

    private String jwks() {
        List<String> all = new ArrayList<>();
        keys.forEach(key -> all.add(key.jwk()));
        return "{\"keys\":[" + String.join(",", all) + "]}";
    }

    private void introspect(HttpExchange exchange) throws IOException {
        String token = form(exchange).getOrDefault("token", "");
        boolean active = token.startsWith(ACTIVE) && !revoked.contains(token);
        answer(exchange, 200, active ? active() : "{\"active\":false}");
    }

    private static String active() {
        return "{\"active\":true,\"iss\":\"" + SigningKey.ISSUER + "\",\"aud\":\"" + SigningKey.AUDIENCE
                + "\",\"sub\":\"oscar\",\"username\":\"oscar\",\"client_id\":\"shop\",\"token_type\":\"Bearer\","
                + "\"groups\":[\"user\"],\"scope\":\"user\",\"iat\":"
                + Instant.now().getEpochSecond()
                + ",\"exp\":" + Instant.now().plusSeconds(600).getEpochSecond() + "}";
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        form(exchange);
        String token = newest().token("shop", Instant.now().plusSeconds(120));
        answer(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":120}");
    }

    /** The resource that the application calls: there is a token, and that is enough for it. */
    private void orders(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        answer(exchange, header != null && header.startsWith("Bearer ey") ? 200 : 401, "{}");
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        Map<String, String> values = new ConcurrentHashMap<>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return values;
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        try {
            stall.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The key that it signs with now. */
    SigningKey newest() {
        return keys.get(keys.size() - 1);
    }

    /** Publishes this key beside the newest one, and signs with it from now on; the others are withdrawn. */
    void rotateTo(SigningKey next) {
        keys = List.of(newest(), next);
    }

    void revoke(String token) {
        revoked.add(token);
    }

    static String opaque(String name) {
        return ACTIVE + name;
    }

    /** Takes connections and requests, and answers none of them until it returns. */
    void stall() {
        stall = new CountDownLatch(1);
    }

    /** Resets every connection and refuses new ones until it returns. */
    void die() {
        server.stop(0);
    }

    void answerAgain() {
        stall.countDown();
    }

    void rise() throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                server = listen(port);
                return;
            } catch (IOException stillTaken) {
                if (System.nanoTime() > end) {
                    throw stillTaken;
                }
                Thread.sleep(100);
            }
        }
    }

    String at(String path) {
        return "http://localhost:" + port + path;
    }

    String origin() {
        return at("");
    }

    @Override
    public void close() {
        answerAgain();
        server.stop(0);
        threads.shutdownNow();
    }
}
