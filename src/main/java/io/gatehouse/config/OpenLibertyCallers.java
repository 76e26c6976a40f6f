package io.gatehouse.config;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Takes our callers out of Open Liberty's authentication cache when the application ends. The server keeps the last login
 * of each caller by name for ten to fifteen minutes, though none of ours looks there, and logins of remembered tokens by
 * their key; our principals hold the application by way of their class loader. Entries of others stay. Stateless.
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
                forgetIn(service);
            }
        } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
            // Ten minutes, then: as it would be without us.
        }
    }

    /** By way of OSGi, whose classes no application sees. */
    private static @Nullable Object service(ClassLoader server) throws ReflectiveOperationException {
        Object context = call(call(server, "getBundle"), "getBundleContext");
        return call(context, "getService", call(context, "getServiceReference", SERVICE));
    }

    /** Null where there is nothing to call, or nothing to call it with. */
    private static @Nullable Object call(@Nullable Object on, String name, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        if (on == null || Arrays.asList(arguments).contains(null)) {
            return null;
        }
        Method method = Arrays.stream(on.getClass().getMethods())
                .filter(each -> each.getName().equals(name) && takes(each.getParameterTypes(), arguments))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(name));
        method.setAccessible(true); // public, of a class that may not be
        return method.invoke(on, arguments);
    }

    private static boolean takes(Class<?>[] parameters, @Nullable Object... arguments) {
        return parameters.length == arguments.length
                && IntStream.range(0, parameters.length).allMatch(i -> parameters[i].isInstance(arguments[i]));
    }

    private static void forgetIn(Object service) throws ReflectiveOperationException {
        Object cache = inMemory(OpenLibertyMemory.read(service.getClass(), "cache", service));
        if (cache != null) {
            for (String table : TABLES) {
                if (OpenLibertyMemory.read(cache.getClass(), table, cache) instanceof Map<?, ?> entries) {
                    entries.values().removeIf(OpenLibertyCallers::isOurs);
                }
            }
        }
    }

    /** A cache that servers share has one of its own for what cannot be written as bytes, such as our principals. */
    private static @Nullable Object inMemory(@Nullable Object cache) throws ReflectiveOperationException {
        return cache != null && cache.getClass().getSimpleName().startsWith("JCache")
                ? OpenLibertyMemory.read(cache.getClass(), "inMemoryCache", cache)
                : cache;
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
