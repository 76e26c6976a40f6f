package io.gatehouse.config;

import io.gatehouse.metrics.Measurements;
import io.gatehouse.metrics.MicroProfileMeasurements;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Loaded only where MicroProfile Metrics is there. */
final class MetricRegistryOfApplication {

    private MetricRegistryOfApplication() {}

    static Optional<Measurements> find(BeanManager beans) {
        Instance<MetricRegistry> bean = beans.createInstance().select(MetricRegistry.class);
        return bean.isResolvable() ? Optional.of(MicroProfileMeasurements.of(bean.get())) : Optional.empty();
    }
}
