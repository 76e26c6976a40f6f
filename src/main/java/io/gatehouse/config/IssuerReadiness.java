package io.gatehouse.config;

import io.gatehouse.introspection.IntrospectionStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * Whether tokens of one issuer can be decided about. No I/O: what the last calls found. Anybody may read the answer, so it
 * has no URL and no message in it; and nothing that a caller can bring about changes it. Thread-safe.
 */
final class IssuerReadiness implements HealthCheck {

    private static final Map<IntrospectionStatus.Endpoint, String> ENDPOINT = Map.of(
            IntrospectionStatus.Endpoint.ASKED, "ok",
            IntrospectionStatus.Endpoint.ON_TRIAL, "on trial",
            IntrospectionStatus.Endpoint.LEFT_ALONE, "left alone");

    private final String issuer;
    private final boolean mayBeDown;
    private final Supplier<Optional<IssuerStatus>> status;

    IssuerReadiness(String issuer, HealthMode mode, Supplier<Optional<IssuerStatus>> status) {
        this.issuer = issuer;
        this.mayBeDown = mode == HealthMode.DOWN;
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        return status.get().map(this::response).orElseGet(() -> response(Status.DOWN, Map.of()));
    }

    private HealthCheckResponse response(IssuerStatus now) {
        Map<String, Object> data = new LinkedHashMap<>();
        boolean verified = !now.keySets().isEmpty() || !now.templates().isEmpty();
        if (verified) {
            data.put("keys", now.keys().name().toLowerCase(Locale.ROOT));
        }
        boolean unavailable = verified && now.keys() == IssuerStatus.Keys.MISSING;
        boolean troubled = verified && now.keys() != IssuerStatus.Keys.OK;
        IntrospectionStatus introspection = now.introspection();
        if (introspection != null) {
            data.put("introspection", introspection(introspection));
            unavailable |= introspection.credentialsRejected()
                    || introspection.endpoint() == IntrospectionStatus.Endpoint.LEFT_ALONE;
            troubled |= unavailable || introspection.endpoint() == IntrospectionStatus.Endpoint.ON_TRIAL;
        }
        data.put("degraded", troubled);
        return response(unavailable && mayBeDown ? Status.DOWN : Status.UP, data);
    }

    private static String introspection(IntrospectionStatus introspection) {
        return introspection.credentialsRejected()
                ? "credentials rejected"
                : ENDPOINT.getOrDefault(introspection.endpoint(), "");
    }

    private HealthCheckResponse response(Status status, Map<String, Object> data) {
        return new HealthCheckResponse("gatehouse " + issuer, status, Optional.of(data));
    }
}
