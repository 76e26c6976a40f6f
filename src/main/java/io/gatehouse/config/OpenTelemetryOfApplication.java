package io.gatehouse.config;

import io.gatehouse.metrics.Measurements;
import io.gatehouse.metrics.OpenTelemetryMeasurements;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;

/** Loaded only where OpenTelemetry is there. */
final class OpenTelemetryOfApplication {

    private OpenTelemetryOfApplication() {}

    /**
     * The bean that MicroProfile Telemetry offers, or the application. Not the global one: whoever only looks for it sets
     * it, and the application could not set its own later.
     */
    static Optional<Measurements> find(BeanManager beans) {
        Instance<OpenTelemetry> bean = beans.createInstance().select(OpenTelemetry.class);
        return bean.isResolvable() ? Optional.of(OpenTelemetryMeasurements.of(bean.get())) : Optional.empty();
    }
}
