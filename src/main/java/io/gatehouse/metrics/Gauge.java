package io.gatehouse.metrics;

import java.util.function.DoubleSupplier;

/**
 * A figure that is read when somebody wants to know it.
 *
 * @param metric one of the kind {@link Metric.Kind#GAUGE}
 * @param label what figures call that which it is about: the same for all of one metric
 * @param name which one of those, by the configuration or this house, and never by a token
 * @param value does no I/O; {@link Double#NaN} where there is nothing to tell yet
 */
public record Gauge(Metric metric, String label, String name, DoubleSupplier value) {

    /** A figure about the issuer that the configuration calls so. */
    public static Gauge ofIssuer(Metric metric, String issuer, DoubleSupplier value) {
        return new Gauge(metric, "issuer", issuer, value);
    }

    /** How much is remembered in one of our memories. */
    public static Gauge ofCache(String cache, DoubleSupplier entries) {
        return new Gauge(Metric.CACHES, "cache", cache, entries);
    }
}
