package io.gatehouse.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** The beans that MicroProfile Health asks: one for each issuer. Loaded only where it is there. */
final class ReadinessChecks {

    private ReadinessChecks() {}

    /** @param status is asked with each check, when the application is deployed */
    static void add(
            AfterBeanDiscovery event,
            HealthMode mode,
            Iterable<String> issuers,
            Function<String, Optional<IssuerStatus>> status) {
        for (String issuer : issuers) {
            event.<HealthCheck>addBean()
                    .id("gatehouse-readiness-" + issuer)
                    .beanClass(IssuerReadiness.class)
                    .types(HealthCheck.class)
                    .qualifiers(Readiness.Literal.INSTANCE)
                    .scope(Dependent.class)
                    .createWith(context -> new IssuerReadiness(issuer, mode, () -> status.apply(issuer)));
        }
    }
}
