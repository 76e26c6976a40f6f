package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A token endpoint that hands out what the test gives it, and keeps what it was asked. */
final class ScriptedTokenEndpoint implements AutoCloseable {

    /** A request as it came. */
    record Request(String authorization, Map<String, String> form) {}

    private final HttpServer server;
    private final Supplier<String> usual;
    private final Queue<String> next = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private ScriptedTokenEndpoint(HttpServer server, Supplier<String> usual) {
        this.server = server;
        this.usual = usual;
        server.createContext("/token", this::answer);
    }

    /** Starts on a free port of the loopback interface; gives these tokens, unless it has others to give first. */
    static ScriptedTokenEndpoint start(Supplier<String> usual) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ScriptedTokenEndpoint started = new ScriptedTokenEndpoint(HttpServer.create(anyPort, 0), usual);
            started.server.start();
            return started;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** The next one is this. */
    void give(String token) {
        next.add(token);
    }

    List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            Map<String, String> form = new TreeMap<>();
            for (String pair : body.split("&")) {
                String[] parts = pair.split("=", 2);
                form.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            requests.add(new Request(exchange.getRequestHeaders().getFirst("Authorization"), form));
            String given = next.poll();
            byte[] json = ("{\"token_type\":\"Bearer\",\"expires_in\":300,\"access_token\":\""
                            + (given == null ? usual.get() : given) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
