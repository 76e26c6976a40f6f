package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows JAX-RS who calls, before anybody asks for a role. Thread-safe. */
final class CallerFilter implements RefusingFilter {

    private final Supplier<Gate> gate;

    CallerFilter(Supplier<Gate> gate) {
        this.gate = gate;
    }

    @Override
    public Optional<Refusal> refusal(ContainerRequestContext request) {
        SecurityContext container = request.getSecurityContext();
        return gate.get()
                .authentication()
                .caller(request::getProperty)
                .match(
                        known -> show(known, container, request),
                        () -> show(CallerSecurityContext.ofNobody(container), request),
                        () -> show(CallerSecurityContext.ofContainer(container), request),
                        Optional::of);
    }

    @Override
    public Optional<CallerAuthentication> callers() {
        return Optional.of(gate.get().authentication());
    }

    private static Optional<Refusal> show(
            ResourceCaller.Known caller, SecurityContext container, ContainerRequestContext request) {
        if (caller.token() != null) {
            request.setProperty(ValidatedToken.REQUEST_ATTRIBUTE, caller.token());
        }
        return show(CallerSecurityContext.of(caller, container), request);
    }

    private static Optional<Refusal> show(CallerSecurityContext caller, ContainerRequestContext request) {
        request.setSecurityContext(caller);
        return Optional.empty();
    }
}
