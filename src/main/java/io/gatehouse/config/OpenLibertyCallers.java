package io.gatehouse.config;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Takes our callers out of Open Liberty's authentication cache when the application ends. The server keeps the last login
 * of each caller by name for ten minutes, if only for a login by password, and our principals hold the application by way
 * of their class loader. Entries of others stay. Stateless.
 */
final class OpenLibertyCallers {

    private static final String SERVICE = "com.ibm.ws.security.authentication.cache.AuthCacheService";

    /** The server moves its entries from the first to the last, and then lets them go. */
    private static final List<String> TABLES = List.of("primaryTable", "secondaryTable", "tertiaryTable");

    private OpenLibertyCallers() {}

    static void forget(ClassLoader server) {
        try {
            Object service = service(server);
            if (service != null) {
                forget(service);
            }
        } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
            // Ten minutes, then: as it would be without us.
        }
    }

    /** By way of OSGi, whose classes no application sees. */
    private static @Nullable Object service(ClassLoader server) throws ReflectiveOperationException {
        Object bundle = call(server, "org.osgi.framework.BundleReference", "getBundle");
        Object context = call(bundle, "org.osgi.framework.Bundle", "getBundleContext");
        Class<?> type = visible(context, "org.osgi.framework.BundleContext");
        Object reference = type.getMethod("getServiceReference", String.class).invoke(context, SERVICE);
        return reference == null
                ? null
                : type.getMethod("getService", visible(context, "org.osgi.framework.ServiceReference"))
                        .invoke(context, reference);
    }

    private static Object call(Object on, String type, String method) throws ReflectiveOperationException {
        Object result = visible(on, type).getMethod(method).invoke(on);
        if (result == null) {
            throw new InvocationTargetException(null, type);
        }
        return result;
    }

    private static Class<?> visible(Object to, String type) throws ClassNotFoundException {
        return Class.forName(type, false, to.getClass().getClassLoader());
    }

    static void forget(Object service) throws ReflectiveOperationException {
        Object cache = OpenLibertyMemory.read(service.getClass(), "cache", service);
        if (cache != null) {
            for (String table : TABLES) {
                if (OpenLibertyMemory.read(cache.getClass(), table, cache) instanceof Map<?, ?> entries) {
                    entries.values().removeIf(OpenLibertyCallers::isOurs);
                }
            }
        }
    }

    private static boolean isOurs(Object entry) {
        try {
            Object kept = OpenLibertyMemory.read(entry.getClass(), "value", entry);
            return kept != null
                    && OpenLibertyMemory.read(kept.getClass(), "subject", kept) instanceof Subject caller
                    && List.copyOf(caller.getPrincipals()).stream().anyMatch(OpenLibertyCallers::isOfThisApplication);
        } catch (ReflectiveOperationException otherVersion) {
            return false;
        }
    }

    private static boolean isOfThisApplication(Object principal) {
        return principal.getClass().getClassLoader() == OpenLibertyCallers.class.getClassLoader();
    }
}
