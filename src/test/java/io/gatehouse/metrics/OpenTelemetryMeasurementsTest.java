package io.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.refusal.RefusalCode;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTelemetryMeasurementsTest {

    private final InMemoryMetricReader figures = InMemoryMetricReader.create();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(figures).build())
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    private final Measurements measurements = OpenTelemetryMeasurements.of(telemetry);

    @AfterEach
    void close() {
        telemetry.close();
    }

    private MetricData figure(Metric metric) {
        List<MetricData> found = figures.collectAllMetrics().stream()
                .filter(each -> each.getName().equals(metric.text()))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Map<String, Object> counts(Metric metric) {
        Map<String, Object> counts = new TreeMap<>();
        figure(metric)
                .getLongSumData()
                .getPoints()
                .forEach(point -> counts.put(labels(point.getAttributes()), point.getValue()));
        return counts;
    }

    private static String labels(Attributes attributes) {
        Map<String, Object> labels = new TreeMap<>();
        attributes.forEach((key, value) -> labels.put(key.getKey(), value));
        return labels.toString();
    }

    @Test
    void countsDecisionsByIssuerAndCode() {
        measurements.accepted("staff");
        measurements.accepted("staff");
        measurements.accepted("partners");
        measurements.refused("staff", RefusalCode.EXPIRED);
        measurements.refused(Measurements.NO_ISSUER, RefusalCode.CREDENTIALS_NEEDED);

        assertThat(counts(Metric.DECISIONS))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "{code=accepted, issuer=staff}", 2L,
                        "{code=accepted, issuer=partners}", 1L,
                        "{code=GATE-EXPIRED, issuer=staff}", 1L,
                        "{code=GATE-CREDENTIALS, issuer=(none)}", 1L));
    }

    @Test
    void tellsWarmValidationsFromColdOnes() {
        measurements.validated("staff", false);
        measurements.validated("staff", true);
        measurements.validated("staff", true);

        assertThat(counts(Metric.VALIDATIONS))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("{issuer=staff, path=cold}", 1L, "{issuer=staff, path=warm}", 2L));
    }

    @Test
    void timesCallsByKindAndOutcome() {
        measurements
                .observer(CallKind.JWKS, "staff")
                .observe(headers -> new FetchResult.Unreachable("connection refused"));

        assertThat(figure(Metric.CALLS).getHistogramData().getPoints())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getCount()).isEqualTo(1);
                    assertThat(labels(point.getAttributes()))
                            .isEqualTo("{issuer=staff, kind=jwks, outcome=unreachable}");
                });
        assertThat(figure(Metric.CALLS).getUnit()).isEqualTo("s");
    }

    @Test
    void makesASpanOfACallBelowTheSpanOfTheRequest() {
        Span request = telemetry.getTracer("test").spanBuilder("GET /orders").startSpan();
        try (Scope current = request.makeCurrent()) {
            measurements
                    .observer(CallKind.INTROSPECTION, "staff")
                    .observe(headers -> new FetchResult.Ok(new byte[0], "application/json", null));
        }
        measurements
                .observer(CallKind.JWKS, "staff")
                .observe(headers -> new FetchResult.Refused(500, new byte[0], "text/plain", null));

        List<SpanData> made = spans.getFinishedSpanItems();
        assertThat(made).extracting(SpanData::getName).containsExactly("gatehouse introspection", "gatehouse jwks");
        SpanData introspection = made.get(0);
        assertThat(introspection.getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());
        assertThat(labels(introspection.getAttributes())).isEqualTo("{gatehouse.issuer=staff, gatehouse.outcome=ok}");
        assertThat(introspection.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(made.get(1).getAttributes().get(AttributeKey.stringKey("gatehouse.outcome")))
                .isEqualTo("refused");
        assertThat(made.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    private OpenTelemetrySdk propagating() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(telemetry.getSdkTracerProvider())
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .build();
    }

    private static Map<String, String> sentWithACallOf(Measurements measurements) {
        Map<String, String> sent = new TreeMap<>();
        measurements.observer(CallKind.INTROSPECTION, "staff").observe(headers -> {
            sent.putAll(headers);
            return new FetchResult.Ok(new byte[0], "application/json", null);
        });
        return sent;
    }

    @Test
    void tellsWhoIsCalledTheTraceOfTheCallAndNothingElse() {
        Map<String, String> sent;
        try (Scope scope = Baggage.builder().put("user", "alice").build().makeCurrent()) {
            sent = sentWithACallOf(OpenTelemetryMeasurements.of(propagating()));
        }

        SpanData call = spans.getFinishedSpanItems().get(0);
        assertThat(sent).containsOnlyKeys("traceparent");
        assertThat(sent.get("traceparent")).startsWith("00-" + call.getTraceId() + "-" + call.getSpanId() + "-");
    }

    @Test
    void tellsWhoIsCalledNothingWhereTheApplicationPropagatesNoTraces() {
        assertThat(sentWithACallOf(measurements)).isEmpty();
    }

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private SpanData callWithin(String traceparent) {
        Measurements propagating = OpenTelemetryMeasurements.of(propagating());
        assertThat(propagating.<Map<String, String>>within(
                        name -> name.equals("traceparent") ? traceparent : null, () -> sentWithACallOf(propagating)))
                .isNotEmpty();
        assertThat(Span.current().getSpanContext().isValid())
                .as("left behind on the thread")
                .isFalse();
        return spans.getFinishedSpanItems().get(0);
    }

    @Test
    void goesOnWithTheTraceThatARequestBringsWhereNoSpanHasBegunYet() {
        SpanData call = callWithin("00-" + TRACE + "-00f067aa0ba902b7-01");

        assertThat(call.getTraceId()).isEqualTo(TRACE);
        assertThat(call.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    }

    /** Of up to thirty-two members with 256 characters each: a server that finds that too much would seem to fail. */
    @Test
    void tellsWhoIsCalledNothingThatAStrangerWroteBesideTheNumberOfHisTrace() {
        Measurements propagating = OpenTelemetryMeasurements.of(propagating());
        Map<String, String> sent = propagating.within(
                name -> switch (name) {
                    case "traceparent" -> "00-" + TRACE + "-00f067aa0ba902b7-01";
                    case "tracestate" -> "a=" + "x".repeat(250);
                    default -> null;
                },
                () -> sentWithACallOf(propagating));

        assertThat(sent).containsOnlyKeys("traceparent");
        assertThat(spans.getFinishedSpanItems().get(0).getTraceId()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "00-x-y-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void beginsATraceOfItsOwnWhereARequestBringsNone(String traceparent) {
        assertThat(callWithin(traceparent).getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void keepsToTheSpanOfTheRequestWhereTheServerHasBegunOne() {
        Span request = propagating().getTracer("a server").spanBuilder("GET").startSpan();
        Measurements propagating = OpenTelemetryMeasurements.of(propagating());
        try (Scope scope = request.makeCurrent()) {
            propagating.within(name -> "00-" + TRACE + "-00f067aa0ba902b7-01", () -> sentWithACallOf(propagating));
        }

        assertThat(spans.getFinishedSpanItems().get(0).getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());
    }

    @Test
    void tellsTheCallsOfClientsFromThoseForIssuers() {
        measurements
                .observerOfClient(CallKind.TOKEN, "orders")
                .observe(headers -> new FetchResult.Refused(400, new byte[0], "application/json", null));

        assertThat(figure(Metric.CLIENT_CALLS).getHistogramData().getPoints())
                .singleElement()
                .satisfies(point -> assertThat(labels(point.getAttributes()))
                        .isEqualTo("{client=orders, kind=token, outcome=refused}"));
        assertThat(labels(spans.getFinishedSpanItems().get(0).getAttributes()))
                .isEqualTo("{gatehouse.client=orders, gatehouse.outcome=refused}");
    }

    @Test
    void readsGaugesWhenSomebodyLooksAndForgetsThemInTheEnd() {
        double[] age = {Double.NaN};
        measurements.register(List.of(
                Gauge.ofIssuer(Metric.KEYS_AGE, "staff", () -> age[0]),
                Gauge.ofIssuer(Metric.KEYS_AGE, "partners", () -> 7)));
        assertThat(ages()).isEqualTo(Map.of("{issuer=partners}", 7.0));

        age[0] = 42;
        assertThat(ages()).isEqualTo(Map.of("{issuer=partners}", 7.0, "{issuer=staff}", 42.0));

        measurements.close();
        assertThat(figures.collectAllMetrics()).isEmpty();
    }

    private Map<String, Object> ages() {
        Map<String, Object> ages = new TreeMap<>();
        figure(Metric.KEYS_AGE)
                .getDoubleGaugeData()
                .getPoints()
                .forEach(point -> ages.put(labels(point.getAttributes()), point.getValue()));
        return ages;
    }
}
