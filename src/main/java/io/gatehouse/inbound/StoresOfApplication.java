package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.log.ApplicationLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;

/**
 * Knows who asks the identity stores: somebody of the server or of the application, or Gatehouse where nobody else does.
 * Thread-safe.
 */
@ApplicationScoped
public class StoresOfApplication {

    private static final System.Logger LOG = ApplicationLog.of(StoresOfApplication.class);

    @SuppressWarnings("NullAway.Init") // by the method below
    private IdentityStoreHandler handler;

    /** By CDI, once. */
    @Inject
    void find(Instance<IdentityStoreHandler> handlers, @Any Instance<IdentityStore> stores, AuthenticationMode mode) {
        if (handlers.isUnsatisfied()) {
            report(mode);
            handler = new StoresInOrder(stores.stream().toList());
        } else {
            handler = handlers.get();
        }
    }

    private static void report(AuthenticationMode mode) {
        if (mode == AuthenticationMode.CONTAINER) {
            LOG.log(
                    WARNING,
                    "GATE0214 gatehouse.mode=container lets nobody in here: this server has no Jakarta Security, and so"
                            + " nobody says who calls");
        } else {
            LOG.log(
                    INFO,
                    "GATE0213 this server has no Jakarta Security: Gatehouse asks the identity stores itself, and guards"
                            + " JAX-RS resources alone");
        }
    }

    IdentityStoreHandler handler() {
        return handler;
    }
}
