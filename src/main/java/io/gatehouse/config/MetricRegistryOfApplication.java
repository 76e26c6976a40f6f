package io.gatehouse.config;

import io.gatehouse.metrics.Measurements;
import io.gatehouse.metrics.MicroProfileMeasurements;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Loaded only where MicroProfile Metrics is there. No bean: its field is what the server makes a registry for. */
final class MetricRegistryOfApplication {

    @Inject
    MetricRegistry registry;

    /** Open Liberty looks at the place of injection, and has no registry for a lookup without one. */
    static Optional<Measurements> find(BeanManager beans) {
        if (!beans.createInstance().select(MetricRegistry.class).isResolvable()) {
            return Optional.empty();
        }
        MetricRegistryOfApplication place = new MetricRegistryOfApplication();
        beans.getInjectionTargetFactory(beans.createAnnotatedType(MetricRegistryOfApplication.class))
                .createInjectionTarget(null)
                .inject(place, beans.createCreationalContext(null));
        return Optional.ofNullable(place.registry).map(MicroProfileMeasurements::of);
    }
}
