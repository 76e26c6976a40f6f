package io.gatehouse.authorization;

import static java.lang.System.Logger.Level.INFO;

import io.gatehouse.log.ApplicationLog;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Puts the gate before each resource method: who calls, and may he do this? Found by the JAX-RS implementation.
 *
 * <p>Before every method and in every mode, also where the server enforces the common annotations itself: which ones it
 * overlooks cannot be known from here, and both ask the same {@code SecurityContext}.
 */
@Provider
public class AuthorizationFeature implements DynamicFeature {

    private static final System.Logger LOG = ApplicationLog.of(AuthorizationFeature.class);

    /** A server that enforces roles does so at {@code AUTHORIZATION} (Payara does), and without saying why it refuses. */
    private static final int BEFORE_SERVER = Priorities.AUTHORIZATION - 1;

    private final AtomicBoolean announced = new AtomicBoolean();
    private final Supplier<Gate> gate = new GateOfApplication();
    private final Locators locators = new Locators();

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (context.getConfiguration().isRegistered(AccessFilter.class)) {
            return;
        }
        if (announced.compareAndSet(false, true)) {
            LOG.log(INFO, "GATE0705 the gate stands before the JAX-RS resources of this application");
        }
        ResourceMethod method = ResourceMethod.of(resource.getResourceClass(), resource.getResourceMethod());
        context.register(new CallerFilter(gate), Priorities.AUTHENTICATION);
        context.register(new AccessFilter(gate, method, locators), BEFORE_SERVER);
    }
}
