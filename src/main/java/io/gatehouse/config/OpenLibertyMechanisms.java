package io.gatehouse.config;

import io.gatehouse.inbound.GatehouseAuthenticationMechanism;
import java.util.Map;

/**
 * Takes our mechanism out of Open Liberty's memory when the application ends. The server remembers the mechanism of each
 * module by a weak key which the mechanism itself holds on to, by way of its class loader: without this, every deployment
 * there ever was stays, 4 MB each. The server looks the mechanism up again should it need it. Stateless.
 */
final class OpenLibertyMechanisms {

    private static final String MEMORY = "com.ibm.ws.security.javaeesec.properties.ModulePropertiesUtils";

    private OpenLibertyMechanisms() {}

    static void forget(ClassLoader server) {
        try {
            forgetIn(Class.forName(MEMORY, false, server));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
            // It is the server's own affair, and as it would be without us.
        }
    }

    static void forgetIn(Class<?> memory) throws ReflectiveOperationException {
        Object instance = memory.getMethod("getInstance").invoke(null);
        if (OpenLibertyMemory.read(memory, "ModuleToHam", instance) instanceof Map<?, ?> mechanisms) {
            synchronized (mechanisms) { // as Collections.synchronizedMap wants it
                mechanisms.values().removeIf(OpenLibertyMechanisms::isOurs);
            }
        }
    }

    private static boolean isOurs(Object remembered) {
        try {
            return OpenLibertyMemory.read(remembered.getClass(), "ham", remembered)
                    instanceof GatehouseAuthenticationMechanism;
        } catch (ReflectiveOperationException otherVersion) {
            return false;
        }
    }
}
