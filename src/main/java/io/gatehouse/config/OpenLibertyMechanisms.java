package io.gatehouse.config;

import io.gatehouse.inbound.GatehouseAuthenticationMechanism;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes our mechanism out of Open Liberty's memory when the application ends. The server remembers the mechanism of each
 * module by a weak key which the mechanism itself holds on to, by way of its class loader: without this, every deployment
 * there ever was stays, 4 MB each. The server looks the mechanism up again should it need it. Other servers never see it,
 * and where the server has changed, nothing happens. Stateless.
 */
final class OpenLibertyMechanisms {

    private static final String PACKAGE = "com.ibm.ws.security.javaeesec.";

    private OpenLibertyMechanisms() {}

    static void forget(BeanManager beans) {
        ofServer(beans).ifPresent(OpenLibertyMechanisms::forget);
    }

    /** The server's beans know the class that remembers; the application does not. */
    private static Optional<ClassLoader> ofServer(BeanManager beans) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.getName().startsWith(PACKAGE))
                .map(Class::getClassLoader)
                .findFirst();
    }

    private static void forget(ClassLoader server) {
        try {
            Class<?> type = Class.forName(PACKAGE + "properties.ModulePropertiesUtils", false, server);
            Object memory = type.getMethod("getInstance").invoke(null);
            if (read(type, "ModuleToHam", memory) instanceof Map<?, ?> mechanisms) {
                synchronized (mechanisms) { // as Collections.synchronizedMap wants it
                    mechanisms.values().removeIf(OpenLibertyMechanisms::isOurs);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            // It is the server's own affair, and as it would be without us.
        }
    }

    private static boolean isOurs(Object remembered) {
        try {
            return read(remembered.getClass(), "ham", remembered) instanceof GatehouseAuthenticationMechanism;
        } catch (ReflectiveOperationException otherVersion) {
            return false;
        }
    }

    private static @Nullable Object read(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
