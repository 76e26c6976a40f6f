package io.gatehouse.config;

/** An API that the server may have and the application may see; nothing of Gatehouse needs it. */
enum OptionalApi {
    OPEN_TELEMETRY("OpenTelemetry", "io.opentelemetry.api.OpenTelemetry"),
    METRICS("MicroProfile Metrics", "org.eclipse.microprofile.metrics.MetricRegistry"),
    HEALTH("MicroProfile Health", "org.eclipse.microprofile.health.HealthCheck"),
    CONTEXT_PROPAGATION("MicroProfile Context Propagation", "org.eclipse.microprofile.context.ThreadContext"),
    CONCURRENCY("Jakarta Concurrency", "jakarta.enterprise.concurrent.ContextService");

    private final String title;
    private final String type;

    OptionalApi(String title, String type) {
        this.title = title;
        this.type = type;
    }

    /** Its name, for the log. */
    String title() {
        return title;
    }

    /** Whether classes of this loader can be linked to it. */
    boolean isSeenBy(ClassLoader loader) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
