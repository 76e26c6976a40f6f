package io.gatehouse.config;

import io.gatehouse.introspection.IntrospectionStatus;
import io.gatehouse.keys.KeySetStatus;
import io.gatehouse.metrics.Gauge;
import io.gatehouse.metrics.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Makes figures of what is known about issuers. No I/O. */
final class StatusGauges {

    private static final double UNKNOWN = Double.NaN;

    private StatusGauges() {}

    static List<Gauge> of(Collection<IssuerValidation> issuers, Clock clock) {
        List<Gauge> gauges = new ArrayList<>();
        for (IssuerValidation issuer : issuers) {
            IssuerStatus now = issuer.status();
            if (!now.keySets().isEmpty()) {
                gauges.add(gauge(Metric.KEYS, issuer, StatusGauges::keys));
                gauges.add(gauge(Metric.KEYS_AGE, issuer, status -> age(status, clock)));
            }
            if (!now.keySets().isEmpty() || !now.templates().isEmpty()) {
                gauges.add(gauge(Metric.KEYS_UNREACHABLE, issuer, IssuerStatus::keySetsOutOfReach));
            }
            if (now.introspection() != null) {
                gauges.add(gauge(Metric.BREAKER, issuer, StatusGauges::breaker));
                gauges.add(gauge(Metric.CACHE_ENTRIES, issuer, StatusGauges::remembered));
            }
        }
        return gauges;
    }

    private static Gauge gauge(Metric metric, IssuerValidation issuer, ToDoubleFunction<IssuerStatus> figure) {
        return Gauge.ofIssuer(metric, issuer.name(), () -> figure.applyAsDouble(issuer.status()));
    }

    private static double keys(IssuerStatus status) {
        return status.keySets().stream().mapToInt(KeySetStatus::keys).sum();
    }

    private static double age(IssuerStatus status, Clock clock) {
        Optional<Instant> oldest = status.oldestFetch();
        return oldest.isEmpty()
                ? UNKNOWN
                : Duration.between(oldest.get(), clock.instant()).toMillis() / 1000.0;
    }

    private static double breaker(IssuerStatus status) {
        IntrospectionStatus introspection = status.introspection();
        return introspection == null
                ? UNKNOWN
                : switch (introspection.endpoint()) {
                    case ASKED -> 0;
                    case ON_TRIAL -> 1;
                    case LEFT_ALONE -> 2;
                };
    }

    private static double remembered(IssuerStatus status) {
        IntrospectionStatus introspection = status.introspection();
        return introspection == null ? UNKNOWN : introspection.remembered();
    }
}
