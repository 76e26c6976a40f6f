package io.gatehouse.metrics;

import io.gatehouse.refusal.RefusalCode;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures and spans by OpenTelemetry. Uses nothing that came after version 1.29 of its API: servers bring their own. */
public final class OpenTelemetryMeasurements implements Instruments {

    private static final String SCOPE = "io.gatehouse";

    private static final AttributeKey<String> ISSUER = AttributeKey.stringKey("issuer");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("code");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("path");
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

    private final Meter meter;
    private final Tracer tracer;
    private final LongCounter decisions;
    private final LongCounter validations;
    private final DoubleHistogram calls;
    private final PerDecision<Attributes> attributes =
            new PerDecision<>((issuer, code) -> Attributes.of(ISSUER, issuer, CODE, code));
    private final PerIssuer<Attributes> warm = new PerIssuer<>(issuer -> Attributes.of(ISSUER, issuer, PATH, "warm"));
    private final PerIssuer<Attributes> cold = new PerIssuer<>(issuer -> Attributes.of(ISSUER, issuer, PATH, "cold"));
    private final Queue<ObservableDoubleGauge> gauges = new ConcurrentLinkedQueue<>();

    private OpenTelemetryMeasurements(OpenTelemetry telemetry) {
        this.meter = telemetry.getMeter(SCOPE);
        this.tracer = telemetry.getTracer(SCOPE);
        this.decisions = counter(Metric.DECISIONS);
        this.validations = counter(Metric.VALIDATIONS);
        this.calls = meter.histogramBuilder(Metric.CALLS.text())
                .setDescription(Metric.CALLS.description())
                .setUnit("s")
                .build();
    }

    /** What the application's OpenTelemetry is told. */
    public static Measurements of(OpenTelemetry telemetry) {
        return new Measurements(List.of(new OpenTelemetryMeasurements(telemetry)), System::nanoTime);
    }

    private LongCounter counter(Metric metric) {
        return meter.counterBuilder(metric.text())
                .setDescription(metric.description())
                .build();
    }

    @Override
    public String library() {
        return "OpenTelemetry";
    }

    @Override
    public void decided(String issuer, @Nullable RefusalCode code) {
        decisions.add(1, attributes.get(issuer, code));
    }

    @Override
    public void validated(String issuer, boolean remembered) {
        validations.add(1, (remembered ? warm : cold).get(issuer));
    }

    /** A child of the span of the request that waits for the call. Keys are fetched behind the requests' back. */
    @Override
    public Call begin(CallKind kind, String issuer) {
        Span span = tracer.spanBuilder("gatehouse " + kind.label())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("gatehouse.issuer", issuer)
                .startSpan();
        return (outcome, taken) -> {
            span.setAttribute("gatehouse.outcome", outcome.label());
            if (outcome != CallOutcome.OK) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
            calls.record(seconds(taken), Attributes.of(ISSUER, issuer, KIND, kind.label(), OUTCOME, outcome.label()));
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** One instrument for the same figure of all issuers. */
    @Override
    public void register(List<Gauge> all) {
        Map<Metric, List<Gauge>> byMetric = all.stream().collect(Collectors.groupingBy(Gauge::metric));
        byMetric.forEach((metric, ofIssuers) -> gauges.add(meter.gaugeBuilder(metric.text())
                .setDescription(metric.description())
                .setUnit(metric.unit().equals("seconds") ? "s" : "")
                .buildWithCallback(measurement -> ofIssuers.forEach(gauge -> read(gauge, measurement)))));
    }

    private static void read(Gauge gauge, ObservableDoubleMeasurement measurement) {
        double value = gauge.value().getAsDouble();
        if (!Double.isNaN(value)) {
            measurement.record(value, Attributes.of(ISSUER, gauge.issuer()));
        }
    }

    @Override
    public void close() {
        for (ObservableDoubleGauge gauge = gauges.poll(); gauge != null; gauge = gauges.poll()) {
            gauge.close();
        }
    }
}
