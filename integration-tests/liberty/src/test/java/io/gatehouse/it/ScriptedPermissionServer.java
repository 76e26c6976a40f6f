package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that knows who may do what, by the wire contract of Authress and by that of AuthZEN. Carol may read
 * {@code documents/7} and {@code documents/a%20b}, and is a clerk; other documents make it behave as their name says.
 */
final class ScriptedPermissionServer implements AutoCloseable {

    /** One question as it came. */
    record Question(String target, String authorization, String body) {}

    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final AtomicInteger stalled = new AtomicInteger();
    private final CountDownLatch silence = new CountDownLatch(1);
    private volatile int outage;

    private ScriptedPermissionServer(HttpServer server) {
        this.server = server;
        server.createContext("/v1/users/", this::authress);
        server.createContext("/access/v1/", this::authZen);
        server.setExecutor(threads);
    }

    /** Starts on a free port of the loopback interface. */
    static ScriptedPermissionServer start() {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ScriptedPermissionServer started = new ScriptedPermissionServer(HttpServer.create(anyPort, 0));
            started.server.start();
            return started;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Question> questions() {
        return questions;
    }

    /** Which trace the questions said that they belong to ({@code traceparent}). */
    List<String> traces() {
        return traces;
    }

    /** Questions that were left without an answer. */
    int stalled() {
        return stalled.get();
    }

    /** Answers everything so; zero ends it. */
    void fail(int status) {
        outage = status;
    }

    /** Lets go whom it left waiting. */
    void endSilence() {
        silence.countDown();
    }

    private void authress(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString();
            note(exchange, target, "");
            String[] parts = target.split("/");
            String user = decode(parts[3]);
            String resource = decode(parts[5]);
            if (outage != 0) {
                send(exchange, outage, "{}");
            } else if (target.endsWith("/roles")) {
                boolean clerk = user.equals("carol") && resource.equals("apps/orders");
                send(exchange, 200, clerk ? "{\"roles\":[{\"roleId\":\"clerk\"}]}" : "{\"roles\":[]}");
            } else if (resource.startsWith("documents/is-")) {
                send(exchange, Integer.parseInt(resource.replaceFirst("documents/is-", "")), "{}");
            } else {
                odd(exchange, resource);
                send(exchange, decide(user, resource, decode(parts[7])) ? 200 : NOT_FOUND, "{}");
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void authZen(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            note(exchange, exchange.getRequestURI().toString(), body);
            JsonObject question = Json.createReader(new StringReader(body)).readObject();
            List<JsonObject> evaluations = question.containsKey("evaluations")
                    ? question.getJsonArray("evaluations").getValuesAs(JsonObject.class)
                    : List.of(question);
            String user = question.getJsonObject("subject").getString("id");
            List<JsonObject> decisions = new ArrayList<>();
            int status = outage == 0 ? 200 : outage;
            for (JsonObject evaluation : evaluations) {
                String resource = evaluation.getJsonObject("resource").getString("id");
                if (resource.startsWith("documents/is-")) {
                    status = Integer.parseInt(resource.replaceFirst("documents/is-", ""));
                }
                odd(exchange, resource);
                boolean decision = decide(
                        user, resource, evaluation.getJsonObject("action").getString("name"));
                decisions.add(
                        Json.createObjectBuilder().add("decision", decision).build());
            }
            send(exchange, status, answer(question, decisions));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(JsonObject question, List<JsonObject> decisions) {
        if (!question.containsKey("evaluations")) {
            return decisions.get(0).toString();
        }
        JsonArrayBuilder array = Json.createArrayBuilder();
        decisions.forEach(array::add);
        return Json.createObjectBuilder().add("evaluations", array).build().toString();
    }

    private static boolean decide(String user, String resource, String action) {
        return user.equals("carol")
                && action.equals("READ")
                && List.of("documents/7", "documents/a%20b").contains(resource);
    }

    private void odd(HttpExchange exchange, String resource) throws IOException, InterruptedException {
        if (resource.equals("documents/stall")) {
            stalled.incrementAndGet();
            silence.await();
        } else if (resource.equals("documents/garbage")) {
            send(exchange, 200, "<html>yes</html>");
        } else if (resource.equals("documents/huge")) {
            send(exchange, 200, "{\"decision\":true,\"x\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}");
        } else if (resource.equals("documents/redirect")) {
            exchange.getResponseHeaders()
                    .set("Location", url() + "/v1/users/carol/resources/documents%2F7/permissions/READ");
            send(exchange, 307, "{\"decision\":true}");
        }
    }

    private void note(HttpExchange exchange, String target, String body) {
        questions.add(new Question(target, exchange.getRequestHeaders().getFirst("Authorization"), body));
        String trace = exchange.getRequestHeaders().getFirst("traceparent");
        if (trace != null) {
            traces.add(trace);
        }
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        if (exchange.getResponseCode() != -1) {
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        endSilence();
        server.stop(0);
        threads.shutdownNow();
    }
}
