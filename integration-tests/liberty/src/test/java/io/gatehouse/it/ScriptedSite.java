package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A site on loopback that has these documents and no others. It can go away and come back: while it is away, its port
 * refuses connections, and belongs to nobody else.
 */
final class ScriptedSite implements AutoCloseable {

    private record Document(String contentType, String body) {}

    private final Socket reservation;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private ScriptedSite(Socket reservation) {
        this.reservation = reservation;
    }

    /** A site that nobody can reach so far. */
    @SuppressWarnings("resource") // closed with the site
    static ScriptedSite away() {
        try {
            Socket reservation = new Socket();
            reservation.setReuseAddress(true);
            reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new ScriptedSite(reservation);
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    static ScriptedSite start() {
        ScriptedSite site = away();
        site.comeBack();
        return site;
    }

    void comeBack() {
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), reservation.getLocalPort()), 0);
        } catch (IOException taken) {
            throw new AssertionError("the port is taken", taken);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    void goAway() {
        server.stop(0);
        server = null;
    }

    String url(String path) {
        return "http://127.0.0.1:" + reservation.getLocalPort() + path;
    }

    ScriptedSite publish(String path, String contentType, String body) {
        documents.put(path, new Document(contentType, body));
        return this;
    }

    ScriptedSite publishKeys(String path, TestKey... keys) {
        JsonArrayBuilder jwks = Json.createArrayBuilder();
        for (TestKey key : keys) {
            jwks.add(key.publicJwk());
        }
        return publish(
                path,
                "application/jwk-set+json",
                Json.createObjectBuilder().add("keys", jwks).build().toString());
    }

    /** The paths that were asked for so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        try (exchange) {
            Document document = documents.get(path);
            if (document == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = document.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", document.contentType());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        try {
            reservation.close();
        } catch (IOException unheardOf) {
            throw new AssertionError(unheardOf);
        }
    }
}
