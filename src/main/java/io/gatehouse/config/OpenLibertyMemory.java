package io.gatehouse.config;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Takes us out of what Open Liberty remembers for longer than the application lives. Other servers never see it, and where
 * the server has changed, nothing happens. Stateless.
 */
final class OpenLibertyMemory {

    private static final String PACKAGE = "com.ibm.ws.security.javaeesec.";

    private OpenLibertyMemory() {}

    /** To be called when the application ends. */
    static void forget(BeanManager beans) {
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.getName().startsWith(PACKAGE))
                .map(Class::getClassLoader)
                .findFirst()
                .ifPresent(OpenLibertyMemory::forget);
    }

    /** The server's beans know the classes that remember; the application does not. */
    static void forget(ClassLoader server) {
        OpenLibertyMechanisms.forget(server);
        OpenLibertyCallers.forget(server);
    }

    /** What a field of this class, or of one that it extends, holds that was never meant for us. */
    static @Nullable Object read(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        Field field = field(type, name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }
}
