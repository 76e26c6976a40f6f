package io.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.testing.Fakes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.junit.jupiter.api.Test;

class MicroProfileMeasurementsTest {

    private final Map<String, Integer> counted = new TreeMap<>();
    private final Map<String, List<Duration>> timed = new TreeMap<>();
    private final Map<String, Supplier<Double>> gauges = new TreeMap<>();
    private final List<String> made = new ArrayList<>();
    private final MetricRegistry registry = Fakes.of(
            MetricRegistry.class,
            Map.of(
                    "counter", arguments -> counter(id(arguments[0], arguments[1])),
                    "timer", arguments -> timer(id(arguments[0], arguments[1])),
                    "gauge", arguments -> gauge(id(arguments[0], arguments[2]), arguments[1]),
                    "remove", arguments -> remove((MetricID) arguments[0])));
    private final Measurements measurements = MicroProfileMeasurements.of(registry);

    private static String id(Object metadata, Object tags) {
        return ((Metadata) metadata).getName()
                + Arrays.stream((Tag[]) tags)
                        .map(tag -> tag.getTagName() + "=" + tag.getTagValue())
                        .toList();
    }

    private Counter counter(String id) {
        made.add(id);
        return Fakes.of(Counter.class, Map.of("inc", nothing -> {
            counted.merge(id, 1, Integer::sum);
            return null;
        }));
    }

    private Timer timer(String id) {
        return Fakes.of(Timer.class, Map.of("update", arguments -> {
            timed.computeIfAbsent(id, name -> new ArrayList<>()).add((Duration) arguments[0]);
            return null;
        }));
    }

    @SuppressWarnings("unchecked")
    private Object gauge(String id, Object value) {
        gauges.put(id, (Supplier<Double>) value);
        return Fakes.of(org.eclipse.microprofile.metrics.Gauge.class, Map.of());
    }

    private boolean remove(MetricID id) {
        return gauges.remove(id.getName() + "[issuer=" + id.getTags().get("issuer") + "]") != null;
    }

    @Test
    void countsDecisionsByIssuerAndCodeAndMakesEachCounterOnce() {
        measurements.accepted("staff");
        measurements.accepted("staff");
        measurements.refused("staff", RefusalCode.EXPIRED);
        measurements.refused("staff", RefusalCode.EXPIRED);
        measurements.validated("staff", true);
        measurements.validated("staff", true);

        assertThat(counted)
                .isEqualTo(Map.of(
                        "gatehouse.decisions[issuer=staff, code=accepted]", 2,
                        "gatehouse.decisions[issuer=staff, code=GATE-EXPIRED]", 2,
                        "gatehouse.validations[issuer=staff, path=warm]", 2));
        assertThat(made).hasSize(3);
    }

    @Test
    void timesCallsByKindAndOutcome() {
        measurements
                .observer(CallKind.INTROSPECTION, "staff")
                .observe(headers -> new FetchResult.Ok(new byte[0], "application/json", null));

        assertThat(timed).containsOnlyKeys("gatehouse.calls[issuer=staff, kind=introspection, outcome=ok]");
    }

    @Test
    void timesTheCallsOfClientsByTheirNames() {
        measurements
                .observerOfClient(CallKind.TOKEN, "orders")
                .observe(headers -> new FetchResult.Unreachable("connection refused"));

        assertThat(timed).containsOnlyKeys("gatehouse.client.calls[client=orders, kind=token, outcome=unreachable]");
    }

    @Test
    void registersGaugesAndTakesThemAway() {
        measurements.register(List.of(Gauge.ofIssuer(Metric.KEYS, "staff", () -> 3)));
        assertThat(gauges).containsOnlyKeys("gatehouse.jwks.keys[issuer=staff]");
        assertThat(gauges.get("gatehouse.jwks.keys[issuer=staff]").get()).isEqualTo(3);

        measurements.close();
        assertThat(gauges).isEmpty();
    }
}
