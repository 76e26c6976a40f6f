package io.gatehouse.authorization;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks about the caller's token before one resource method. Immutable and thread-safe. */
final class IntrospectedFilter implements ContainerRequestFilter {

    private static final System.Logger LOG = System.getLogger(IntrospectedFilter.class.getName());

    private static final FreshnessCheck.Refusal UNDECIDED =
            new FreshnessCheck.Refusal(503, Map.of("Retry-After", "10"));

    private final Supplier<FreshnessCheck> check;
    private final Duration maximumAge;

    /**
     * A filter for one resource method.
     *
     * @param check asked for with each request: while the application is deployed, it is not there yet
     */
    IntrospectedFilter(Supplier<FreshnessCheck> check, Duration maximumAge) {
        this.check = check;
        this.maximumAge = maximumAge;
    }

    Duration maximumAge() {
        return maximumAge;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        refusal(request).ifPresent(refusal -> request.abortWith(response(refusal)));
    }

    /**
     * By the token that the gate took, not by the principal: an application's identity store may have made one of its own
     * of it. In a servlet container the properties of a request are its attributes.
     */
    Optional<FreshnessCheck.Refusal> refusal(ContainerRequestContext request) {
        try {
            ValidatedToken token = request.getProperty(ValidatedToken.REQUEST_ATTRIBUTE) instanceof ValidatedToken taken
                    ? taken
                    : null;
            return check.get().refusal(request.getSecurityContext().getUserPrincipal(), token, maximumAge);
        } catch (RuntimeException defect) {
            LOG.log(
                    ERROR,
                    "GATE0308 a token could not be asked about, and its caller gets 503: {0}",
                    defect.getClass().getName());
            return Optional.of(UNDECIDED);
        }
    }

    private static Response response(FreshnessCheck.Refusal refusal) {
        Response.ResponseBuilder response = Response.status(refusal.status());
        refusal.headers().forEach(response::header);
        return response.build();
    }
}
