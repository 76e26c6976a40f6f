package io.gatehouse.attachment;

import jakarta.ws.rs.ext.RuntimeDelegate;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes this application out of RESTEasy's memory when it ends. RESTEasy keeps, for all applications of the server, what
 * clients are made with, by the application's class loader: a weak key, which the providers that the application brings
 * hold on to. We bring some, so without this every deployment that made a client stays. RESTEasy makes it anew should it
 * need it. Other implementations never see it, and where RESTEasy has changed, nothing happens. Stateless.
 */
final class ResteasyFactories {

    private ResteasyFactories() {}

    static void forget() {
        try {
            ClassLoader server = RuntimeDelegate.getInstance().getClass().getClassLoader();
            forgetIn(Class.forName("org.jboss.resteasy.plugins.providers.RegisterBuiltin", false, server));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
            // It is the server's own affair, and as it would be without us.
        }
    }

    static void forgetIn(Class<?> memory) throws ReflectiveOperationException {
        Field field = memory.getDeclaredField("configuredClientFactories");
        field.setAccessible(true);
        if (field.get(null) instanceof Map<?, ?> factories) {
            synchronized (memory) { // as its static methods do
                factories.keySet().removeIf(ResteasyFactories::seesThisApplication);
            }
        }
    }

    /** Not only the application's own loader: a server has further ones for its threads, in front of that. */
    private static boolean seesThisApplication(@Nullable Object key) {
        try {
            return key instanceof ClassLoader loader
                    && Class.forName(ResteasyFactories.class.getName(), false, loader) == ResteasyFactories.class;
        } catch (ClassNotFoundException | LinkageError another) {
            return false;
        }
    }
}
