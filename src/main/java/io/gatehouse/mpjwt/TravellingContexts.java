package io.gatehouse.mpjwt;

import java.util.List;

/**
 * Ways for CDI's request context to get to another thread, which may serve the request of somebody else meanwhile. Stateless.
 */
final class TravellingContexts {

    private static final List<String> CARRIERS =
            List.of("org.eclipse.microprofile.context.ThreadContext", "jakarta.enterprise.concurrent.ContextService");

    private TravellingContexts() {}

    /** Whether an application with this loader may see any. */
    static boolean arePossible(ClassLoader application) {
        return CARRIERS.stream().anyMatch(carrier -> sees(application, carrier));
    }

    private static boolean sees(ClassLoader application, String type) {
        try {
            application.loadClass(type);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
