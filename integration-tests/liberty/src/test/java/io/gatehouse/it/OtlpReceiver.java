package io.gatehouse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Takes what an application measures, as a collector of OpenTelemetry does (OTLP over HTTP, in Protocol Buffers). */
final class OtlpReceiver implements AutoCloseable {

    /** A span that has ended. */
    record Span(String name, long kind, String trace, String id, String parent, Map<String, String> attributes) {

        /** As the protocol numbers kinds: we called somebody. */
        static final long CLIENT = 3;
    }

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<OtlpMessage> metrics = new CopyOnWriteArrayList<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", exchange -> spansOf(answer(exchange)).forEach(spans::add));
        server.createContext("/v1/metrics", exchange -> metrics.add(answer(exchange)));
    }

    /** Starts on a free port of the loopback interface. */
    static OtlpReceiver start() {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            OtlpReceiver started = new OtlpReceiver(HttpServer.create(anyPort, 0));
            started.server.start();
            return started;
        } catch (IOException noPort) {
            throw new AssertionError("no free port", noPort);
        }
    }

    /** The configuration of an application that tells this receiver, and soon. */
    Map<String, String> configuration() {
        return Map.of(
                "otel.sdk.disabled", "false",
                "otel.exporter.otlp.endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.logs.exporter", "none",
                "otel.metric.export.interval", "500",
                "otel.bsp.schedule.delay", "100");
    }

    List<Span> spans(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** The latest value of this figure with these attributes among others: of a counter or a gauge, or how often. */
    OptionalDouble figure(String name, Map<String, String> attributes) {
        return metrics.stream()
                .flatMap(request -> request.messages(1, 2, 2).stream())
                .filter(metric -> metric.text(1).equals(name))
                .flatMap(metric -> points(metric, attributes))
                .mapToDouble(Double::doubleValue)
                .reduce((earlier, later) -> later);
    }

    private static Stream<Double> points(OtlpMessage metric, Map<String, String> attributes) {
        Stream<Double> numbers = Stream.of(5, 7) // gauge, sum
                .flatMap(data -> metric.messages(data, 1).stream())
                .filter(point -> point.attributes(7).entrySet().containsAll(attributes.entrySet()))
                .map(point -> point.integer(6) == 0 ? point.real(4) : point.integer(6));
        Stream<Double> counts = metric.messages(9, 1).stream() // histogram
                .filter(point -> point.attributes(9).entrySet().containsAll(attributes.entrySet()))
                .map(point -> (double) point.integer(4));
        return Stream.concat(numbers, counts);
    }

    private static Stream<Span> spansOf(OtlpMessage request) {
        return request.messages(1, 2, 2).stream()
                .map(span -> new Span(
                        span.text(5), span.integer(6), span.hex(1), span.hex(2), span.hex(4), span.attributes(9)));
    }

    private static OtlpMessage answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            OtlpMessage request = OtlpMessage.read(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            return request;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
