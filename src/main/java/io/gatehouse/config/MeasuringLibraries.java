package io.gatehouse.config;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.metrics.Measurements;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import java.util.function.Function;

/** Finds out what the application can measure with. */
final class MeasuringLibraries {

    private static final System.Logger LOG = ApplicationLog.of(MeasuringLibraries.class);

    private MeasuringLibraries() {}

    /** The figures of each library that is there; the application is deployed. */
    static Measurements of(BeanManager beans) {
        return of(OptionalApi.OPEN_TELEMETRY, OpenTelemetryOfApplication::find, beans)
                .and(of(OptionalApi.METRICS, MetricRegistryOfApplication::find, beans));
    }

    /** No reason to stop the deployment: the gate decides without being measured. */
    private static Measurements of(
            OptionalApi api, Function<BeanManager, Optional<Measurements>> find, BeanManager beans) {
        if (!api.isSeenBy(MeasuringLibraries.class.getClassLoader())) {
            return Measurements.none();
        }
        try {
            Optional<Measurements> found = find.apply(beans);
            found.ifPresent(there -> LOG.log(INFO, "GATE0931 decisions and calls are measured by {0}", api.title()));
            return found.orElseGet(Measurements::none);
        } catch (RuntimeException | LinkageError failure) {
            LOG.log(
                    WARNING,
                    "GATE0932 nothing is measured by {0}, which cannot be used: {1}",
                    api.title(),
                    failure.toString());
            return Measurements.none();
        }
    }
}
