package io.gatehouse.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An authorization server on loopback: it answers as the test says, and keeps what it was asked. */
public final class RecordingServer implements AutoCloseable {

    /** One request as it came. */
    public record Request(String method, String target, Map<String, List<String>> headers, String body) {

        /** The one value of a header, in whatever case its name came; null where it was not sent. */
        public String header(String name) {
            List<String> values = headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
            if (values.size() > 1) {
                throw new AssertionError("more than one " + name);
            }
            return values.isEmpty() ? null : values.get(0);
        }

        /** The values of the form by name, read by another decoder than ours. */
        public Map<String, List<String>> form() {
            Map<String, List<String>> form = new LinkedHashMap<>();
            for (String parameter : body.split("&", -1)) {
                String[] pair = parameter.split("=", 2);
                form.computeIfAbsent(URLDecoder.decode(pair[0], UTF_8), name -> new ArrayList<>())
                        .add(URLDecoder.decode(pair[1], UTF_8));
            }
            return form;
        }
    }

    /** What is answered. */
    public record Answer(int status, String contentType, String body) {
        public static Answer json(String body) {
            return new Answer(200, "application/json", body);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> script;
    private volatile URI location;

    public RecordingServer(Function<Request, Answer> script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Always the same JSON. */
    public static RecordingServer saying(String json) {
        return new RecordingServer(request -> Answer.json(json));
    }

    public void answerWith(Function<Request, Answer> newScript) {
        script = newScript;
    }

    /** Sends a {@code Location} along. */
    public void redirectTo(URI newLocation) {
        location = newLocation;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public List<Request> requests() {
        return requests;
    }

    /** The one request so far. */
    public Request only() {
        if (requests.size() != 1) {
            throw new AssertionError(requests.size() + " requests");
        }
        return requests.get(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body);
            requests.add(request);
            Answer answer = script.apply(request);
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            if (location != null) {
                exchange.getResponseHeaders().set("Location", location.toString());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
