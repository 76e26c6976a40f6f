package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An authorization server under the test's command: it publishes the keys it is told to, and stalls or fails when told
 * to. Its tokens are good until the test changes something.
 */
final class TestIssuer implements AutoCloseable {

    static final String AUDIENCE = "tests";

    private static final CountDownLatch OPEN = new CountDownLatch(0);
    private static final int OK = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<TestKey> keys;
    private volatile int status = OK;
    private volatile CountDownLatch gate = OPEN;

    private TestIssuer(HttpServer server, List<TestKey> keys) {
        this.server = server;
        this.keys = keys;
        server.createContext("/jwks", this::answer);
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.setExecutor(threads);
    }

    /** Starts on a free port of the loopback interface. */
    static TestIssuer start(TestKey... keys) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TestIssuer issuer = new TestIssuer(HttpServer.create(anyPort, 0), List.of(keys));
            issuer.server.start();
            return issuer;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The configuration of an application that trusts this issuer. */
    Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(Demo.CLOSED_ISSUER);
        configuration.put("mp.jwt.verify.issuer", issuer());
        configuration.put("mp.jwt.verify.publickey.location", issuer() + "/jwks");
        configuration.put("mp.jwt.verify.audiences", AUDIENCE);
        return configuration;
    }

    /** A good token of a caller with the role user, signed with the first of the keys. */
    TestToken token() {
        long now = Instant.now().getEpochSecond();
        TestToken unsigned = new TestToken(
                Map.of("typ", "at+jwt"),
                Map.of(
                        "iss",
                        issuer(),
                        "aud",
                        AUDIENCE,
                        "sub",
                        "carol",
                        "jti",
                        UUID.randomUUID().toString(),
                        "iat",
                        now,
                        "exp",
                        now + 300,
                        "groups",
                        List.of("user")),
                keys.get(0));
        return unsigned.signedBy(keys.get(0));
    }

    /** From now on these keys and no others. */
    void publish(TestKey... newKeys) {
        keys = List.of(newKeys);
    }

    /** Lets requests wait until {@link #recover()}. */
    void stall() {
        gate = new CountDownLatch(1);
    }

    void fail(int statusCode) {
        status = statusCode;
        gate.countDown();
    }

    void recover() {
        fail(OK);
    }

    /** How often the keys were asked for. */
    int fetches() {
        return fetches.get();
    }

    @Override
    public void close() {
        recover();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        try (exchange) {
            gate.await();
            byte[] body = status == OK ? jwkSet() : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void describe(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = Json.createObjectBuilder()
                    .add("issuer", issuer())
                    .add("jwks_uri", issuer() + "/jwks")
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] jwkSet() {
        JsonArrayBuilder jwks = Json.createArrayBuilder();
        keys.forEach(key -> jwks.add(key.publicJwk()));
        return Json.createObjectBuilder().add("keys", jwks).build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
