package io.gatehouse.authorization;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.time.Duration;

/** Asks about the caller's token before one resource method. Immutable and thread-safe. */
final class IntrospectedFilter implements ContainerRequestFilter {

    private final Duration maximumAge;

    IntrospectedFilter(Duration maximumAge) {
        this.maximumAge = maximumAge;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Principal caller = request.getSecurityContext().getUserPrincipal();
        if (caller == null) {
            return;
        }
        CDI.current()
                .select(FreshnessCheck.class)
                .get()
                .refusal(caller, maximumAge)
                .ifPresent(refusal -> request.abortWith(response(refusal)));
    }

    private static Response response(FreshnessCheck.Refusal refusal) {
        Response.ResponseBuilder response = Response.status(refusal.status());
        refusal.headers().forEach(response::header);
        return response.build();
    }
}
