package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets those callers reach one resource method who may. Remembers the rules; thread-safe. */
final class AccessFilter implements RefusingFilter {

    private final Supplier<Gate> gate;
    private final ResourceMethod method;
    private final AccessRules declared;
    private final Locators locators;

    /** Those of the method, and of the locators on the ways to it. */
    private final Map<ResourceMethod, AccessRules> rules = new ConcurrentHashMap<>();

    AccessFilter(Supplier<Gate> gate, ResourceMethod method, Locators locators) {
        this.gate = gate;
        this.method = method;
        this.declared = AccessRules.of(method); // now, so that the log says at once what is wrong with its annotations
        this.locators = locators;
    }

    @Override
    public Optional<Refusal> refusal(ContainerRequestContext request) {
        Gate open = gate.get();
        AccessRequest access = new AccessRequest(request, open.challenge());
        for (ResourceMethod locator : locators.onTheWay(request.getUriInfo(), method.resourceClass())) {
            Optional<Refusal> refusal = rules(locator, open).refusal(access);
            if (refusal.isPresent()) {
                return refusal.map(found -> complete(found, access, open));
            }
        }
        return rules(method, open).refusal(access).map(found -> complete(found, access, open));
    }

    @Override
    public Optional<CallerAuthentication> callers() {
        return Optional.of(gate.get().authentication());
    }

    @Override
    public String resource() {
        return method.toString();
    }

    private AccessRules rules(ResourceMethod of, Gate open) {
        AccessRules known = rules.get(of);
        return known != null
                ? known
                : rules.computeIfAbsent(of, each -> declared(each).and(open.checks(), each));
    }

    private AccessRules declared(ResourceMethod of) {
        return of.equals(method) ? declared : AccessRules.of(of);
    }

    /** Who has shown no credential yet may have another kind of it. */
    private static Refusal complete(Refusal refusal, AccessRequest access, Gate open) {
        return access.caller().isEmpty() ? open.authentication().offering(refusal) : refusal;
    }
}
