package io.gatehouse.metrics;

import java.util.function.DoubleSupplier;

/**
 * A figure that is read when somebody wants to know it.
 *
 * @param metric one of the kind {@link Metric.Kind#GAUGE}
 * @param issuer what the configuration calls the issuer
 * @param value does no I/O; {@link Double#NaN} where there is nothing to tell yet
 */
public record Gauge(Metric metric, String issuer, DoubleSupplier value) {}
