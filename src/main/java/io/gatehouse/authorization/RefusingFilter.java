package io.gatehouse.authorization;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A filter that may refuse a request, and does so where it fails. */
interface RefusingFilter extends ContainerRequestFilter {

    /** After a defect, for {@code Retry-After}: nobody knows better. */
    Duration PAUSE = Duration.ofSeconds(10);

    /** The answer that ends the request; empty where it may go on. */
    Optional<Refusal> refusal(ContainerRequestContext request);

    @Override
    default void filter(ContainerRequestContext request) {
        guarded(request).ifPresent(refusal -> request.abortWith(response(noted(refusal), request)));
    }

    /** Those who look after refusals are told of this one, unless they were before. */
    private Refusal noted(Refusal refusal) {
        if (refusal.correlationId() != null) {
            return refusal;
        }
        try {
            return callers().map(callers -> callers.noted(refusal, resource())).orElse(refusal);
        } catch (RuntimeException | LinkageError nobodyThere) { // it is refused all the same
            return refusal;
        }
    }

    /** Where the application is asked who calls; empty where it cannot be. */
    default Optional<CallerAuthentication> callers() {
        Instance<CallerAuthentication> found = CDI.current().select(CallerAuthentication.class);
        return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
    }

    /** The method of the application that the filter stands before, for the log; null where it does not know. */
    default @Nullable String resource() {
        return null;
    }

    private Optional<Refusal> guarded(ContainerRequestContext request) {
        try {
            return refusal(request);
        } catch (RuntimeException | LinkageError defect) {
            ApplicationLog.of(RefusingFilter.class)
                    .log(
                            ERROR,
                            "GATE0703 it could not be decided whether a caller may pass, and he gets 503: {0}",
                            defect.getClass().getName());
            return Optional.of(Refusal.unavailable(RefusalCode.DEFECT, PAUSE));
        }
    }

    private static Response response(Refusal refusal, ContainerRequestContext request) {
        Response.ResponseBuilder response = Response.status(refusal.status());
        refusal.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        // As bytes: to some JSON providers a text is something to put between quotes.
        refusal.body(request.getHeaderString("Accept"))
                .ifPresent(body -> response.type(Refusal.BODY_TYPE).entity(body.getBytes(StandardCharsets.UTF_8)));
        return response.build();
    }
}
