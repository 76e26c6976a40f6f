package io.gatehouse.metrics;

import io.gatehouse.refusal.RefusalCode;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/** Figures by MicroProfile Metrics, in the application's registry. */
public final class MicroProfileMeasurements implements Instruments {

    private static final String ISSUER = "issuer";

    private final MetricRegistry registry;
    private final PerDecision<Counter> decisions;
    private final PerIssuer<Counter> warm;
    private final PerIssuer<Counter> cold;
    private final Queue<MetricID> gauges = new ConcurrentLinkedQueue<>();

    private MicroProfileMeasurements(MetricRegistry registry) {
        this.registry = registry;
        this.decisions = new PerDecision<>((issuer, code) ->
                registry.counter(metadata(Metric.DECISIONS), new Tag(ISSUER, issuer), new Tag("code", code)));
        this.warm = validations("warm");
        this.cold = validations("cold");
    }

    /** What the application's registry is told. */
    public static Measurements of(MetricRegistry registry) {
        return new Measurements(List.of(new MicroProfileMeasurements(registry)), System::nanoTime);
    }

    private PerIssuer<Counter> validations(String path) {
        return new PerIssuer<>(issuer ->
                registry.counter(metadata(Metric.VALIDATIONS), new Tag(ISSUER, issuer), new Tag("path", path)));
    }

    private static Metadata metadata(Metric metric) {
        return Metadata.builder()
                .withName(metric.text())
                .withDescription(metric.description())
                .withUnit(metric.unit().isEmpty() ? "none" : metric.unit())
                .build();
    }

    @Override
    public String library() {
        return "MicroProfile Metrics";
    }

    @Override
    public void decided(String issuer, @Nullable RefusalCode code) {
        decisions.get(issuer, code).inc();
    }

    @Override
    public void validated(String issuer, boolean remembered) {
        (remembered ? warm : cold).get(issuer).inc();
    }

    @Override
    public Call begin(CallKind kind, CallOwner owner) {
        return (outcome, taken) -> record(kind, owner, outcome, taken);
    }

    private void record(CallKind kind, CallOwner owner, CallOutcome outcome, Duration taken) {
        registry.timer(
                        metadata(owner.metric()),
                        new Tag(owner.label(), owner.name()),
                        new Tag("kind", kind.label()),
                        new Tag("outcome", outcome.label()))
                .update(taken);
    }

    @Override
    public void register(List<Gauge> all) {
        for (Gauge gauge : all) {
            Tag label = new Tag(gauge.label(), gauge.name());
            registry.gauge(metadata(gauge.metric()), () -> gauge.value().getAsDouble(), label);
            gauges.add(new MetricID(gauge.metric().text(), label));
        }
    }

    @Override
    public void close() {
        for (MetricID gauge = gauges.poll(); gauge != null; gauge = gauges.poll()) {
            registry.remove(gauge);
        }
    }
}
