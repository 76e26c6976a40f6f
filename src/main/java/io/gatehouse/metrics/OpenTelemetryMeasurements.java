package io.gatehouse.metrics;

import static java.util.Objects.requireNonNull;

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
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
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

    /** W3C Trace Context §3. */
    private static final String TRACEPARENT = "traceparent";

    private static final Set<String> TRACE_CONTEXT = Set.of(TRACEPARENT, "tracestate");

    private static final RequestHeaders REQUEST_HEADERS = new RequestHeaders();

    private final Meter meter;
    private final Tracer tracer;
    private final LongCounter decisions;
    private final LongCounter validations;
    private final Map<Metric, DoubleHistogram> calls;
    private final TextMapPropagator propagator;
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
        this.calls = Map.of(Metric.CALLS, timer(Metric.CALLS), Metric.CLIENT_CALLS, timer(Metric.CLIENT_CALLS));
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
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

    private DoubleHistogram timer(Metric metric) {
        return meter.histogramBuilder(metric.text())
                .setDescription(metric.description())
                .setUnit("s")
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
    public Call begin(CallKind kind, CallOwner owner) {
        Span span = tracer.spanBuilder("gatehouse " + kind.label())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("gatehouse." + owner.label(), owner.name())
                .startSpan();
        return new Call() {
            @Override
            public Map<String, String> headers() {
                return traceContext(span);
            }

            @Override
            public void end(CallOutcome outcome, Duration taken) {
                span.setAttribute("gatehouse.outcome", outcome.label());
                if (outcome != CallOutcome.OK) {
                    span.setStatus(StatusCode.ERROR);
                }
                span.end();
                record(kind, owner, outcome, taken);
            }
        };
    }

    private void record(CallKind kind, CallOwner owner, CallOutcome outcome, Duration taken) {
        AttributeKey<String> label = AttributeKey.stringKey(owner.label());
        requireNonNull(calls.get(owner.metric()))
                .record(
                        seconds(taken),
                        Attributes.of(label, owner.name(), KIND, kind.label(), OUTCOME, outcome.label()));
    }

    /**
     * As the application propagates traces, and of that only which trace and span it is: {@code tracestate} may be a
     * stranger's, and longer than the authorization server takes; baggage holds what is none of its business.
     */
    private Map<String, String> traceContext(Span span) {
        Map<String, String> headers = new HashMap<>();
        propagator.inject(Context.current().with(span), headers, (all, name, value) -> {
            if (all != null && name.equalsIgnoreCase(TRACEPARENT)) {
                all.put(name, value);
            }
        });
        return headers;
    }

    /** On some servers the gate stands before whatever begins the span of a request. */
    @Override
    @SuppressWarnings("MustBeClosedChecker") // by what is returned
    public Runnable enter(UnaryOperator<@Nullable String> header) {
        if (Span.current().getSpanContext().isValid()) {
            return () -> {};
        }
        Scope scope =
                propagator.extract(Context.current(), header, REQUEST_HEADERS).makeCurrent();
        return scope::close;
    }

    private static final class RequestHeaders implements TextMapGetter<UnaryOperator<@Nullable String>> {

        @Override
        public Iterable<String> keys(UnaryOperator<@Nullable String> header) {
            return TRACE_CONTEXT;
        }

        @Override
        public @Nullable String get(@Nullable UnaryOperator<@Nullable String> header, String name) {
            return header == null ? null : header.apply(name);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** One instrument for the same figure of all issuers, and of whatever else there are several. */
    @Override
    public void register(List<Gauge> all) {
        Map<Metric, List<Gauge>> byMetric = all.stream().collect(Collectors.groupingBy(Gauge::metric));
        byMetric.forEach((metric, same) -> gauges.add(meter.gaugeBuilder(metric.text())
                .setDescription(metric.description())
                .setUnit(metric.unit().equals("seconds") ? "s" : "")
                .buildWithCallback(measurement -> same.forEach(gauge -> read(gauge, measurement)))));
    }

    private static void read(Gauge gauge, ObservableDoubleMeasurement measurement) {
        double value = gauge.value().getAsDouble();
        if (!Double.isNaN(value)) {
            measurement.record(value, Attributes.of(AttributeKey.stringKey(gauge.label()), gauge.name()));
        }
    }

    @Override
    public void close() {
        for (ObservableDoubleGauge gauge = gauges.poll(); gauge != null; gauge = gauges.poll()) {
            gauge.close();
        }
    }
}
