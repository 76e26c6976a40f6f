package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An introspection endpoint (RFC 7662) for what real servers will not do on demand: the token's text says how it
 * answers, up to the first tilde; what follows makes tokens different. It counts the questions about each token.
 */
final class ScriptedAuthorizationServer implements AutoCloseable {

    static final String OWN_TOKEN = "own-s3cret-bearer";

    private static final int HUGE = 50 * 1024 * 1024;
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private final String issuer;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, AtomicInteger> questions = new ConcurrentHashMap<>();
    private final Map<String, String> scripts = new ConcurrentHashMap<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final AtomicInteger unproven = new AtomicInteger();
    private final AtomicInteger redirected = new AtomicInteger();
    private final AtomicInteger stalled = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    private ScriptedAuthorizationServer(String issuer, HttpServer server) {
        this.issuer = issuer;
        this.server = server;
        server.createContext("/introspect", this::introspect);
        server.createContext("/elsewhere", this::elsewhere);
        server.setExecutor(threads);
    }

    /** Starts on a free port of the loopback interface; its tokens are those of this issuer. */
    static ScriptedAuthorizationServer start(String issuer) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ScriptedAuthorizationServer started =
                    new ScriptedAuthorizationServer(issuer, HttpServer.create(anyPort, 0));
            started.server.start();
            return started;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    Map<String, String> configuration() {
        return Map.of(
                "gatehouse.introspection.endpoint",
                url("/introspect"),
                "gatehouse.introspection.bearer-token",
                OWN_TOKEN);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on it answers about this token so, whatever the token's text says: a JWT has no script in it. */
    void answers(String token, String script) {
        scripts.put(token, script);
    }

    /** How often it was asked about this token. */
    int questionsAbout(String token) {
        return questions.getOrDefault(token, new AtomicInteger()).get();
    }

    /** What the questions said about the trace that they belong to. */
    List<String> traces() {
        return traces;
    }

    /** Questions of somebody who did not say who he is. */
    int unproven() {
        return unproven.get();
    }

    /** Requests that followed a redirect. */
    int redirected() {
        return redirected.get();
    }

    /** Questions that were left without an answer. */
    int stalled() {
        return stalled.get();
    }

    /** Waits until it has left so many questions without an answer, and fails where that takes longer than this. */
    void awaitStalled(int count, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (stalled() < count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the server was asked " + stalled() + " questions that it leaves unanswered, "
                        + count + " were expected within " + longest);
            }
            Thread.sleep(10);
        }
    }

    private void elsewhere(HttpExchange exchange) throws IOException {
        redirected.incrementAndGet();
        json(exchange, 200, alive());
    }

    private void introspect(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            String token =
                    URLDecoder.decode(form.replaceFirst("(?:^|.*&)token=([^&]*).*", "$1"), StandardCharsets.UTF_8);
            traces.addAll(exchange.getRequestHeaders().getOrDefault("traceparent", List.of()));
            questions.computeIfAbsent(token, t -> new AtomicInteger()).incrementAndGet();
            if (!("Bearer " + OWN_TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    || !exchange.getRequestMethod().equals("POST")) {
                unproven.incrementAndGet();
            }
            answer(exchange, scripts.getOrDefault(token, token.replaceFirst("~.*", "")));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String script) throws IOException, InterruptedException {
        switch (script) {
            case "active" -> json(exchange, 200, alive());
            case "active-later" -> {
                Thread.sleep(A_WHILE.toMillis());
                json(exchange, 200, alive());
            }
            case "active-without-roles" -> json(exchange, 200, alive().replace("\"user\"", "\"other\""));
            case "active-bound" -> json(exchange, 200, alive().replace("\"Bearer\"", "\"DPoP\""));
            case "active-elsewhere" -> json(exchange, 200, alive().replace("\"" + issuer, "\"https://evil.example"));
            case "active-expired" -> json(exchange, 200, alive().replaceFirst("\"exp\":\\d+", "\"exp\":1"));
            case "active-text" -> json(exchange, 200, "{\"active\":\"true\",\"username\":\"dora\",\"scope\":\"user\"}");
            case "array" -> json(exchange, 200, '[' + alive() + ']');
            case "empty" -> json(exchange, 200, "");
            case "html" -> send(exchange, 200, "text/html", alive());
            case "redirect" -> {
                exchange.getResponseHeaders().set("Location", url("/elsewhere"));
                json(exchange, 307, alive());
            }
            case "stall" -> {
                stalled.incrementAndGet();
                end.await();
            }
            case "truncated" -> {
                exchange.sendResponseHeaders(200, 10_000);
                exchange.getResponseBody().write(alive().getBytes(StandardCharsets.UTF_8));
            }
            case "huge" -> huge(exchange);
            case "trickle" -> trickle(exchange);
            default -> byStatus(exchange, script);
        }
    }

    private void byStatus(HttpExchange exchange, String script) throws IOException {
        if (script.startsWith("status-")) {
            json(exchange, Integer.parseInt(script.substring("status-".length())), alive());
        } else {
            json(exchange, 200, "{\"active\":false}");
        }
    }

    private String alive() {
        return """
                {"active":true,"iss":"%s","username":"dora","scope":"user","token_type":"Bearer","exp":%d}""".formatted(issuer, Instant.now().getEpochSecond() + 600);
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/json", body);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void huge(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        OutputStream body = exchange.getResponseBody();
        for (int sent = 0; sent < HUGE; sent += blanks.length) {
            body.write(blanks);
        }
    }

    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        while (end.getCount() > 0) {
            body.write(' ');
            body.flush();
            Thread.sleep(A_WHILE.toMillis());
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
