package io.gatehouse.mpjwt;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import org.jspecify.annotations.Nullable;

/**
 * Finds the beans of this module where its extension does not see them: Payara puts an extension into a bean archive of
 * its own. A class of its own, because CDI there judges by the class that asks, and knows the extension in two archives.
 * Stateless.
 */
final class BeanLookup {

    private BeanLookup() {}

    static <T> T bean(Class<T> type, Instance<Object> seenFromExtension) {
        return found(type, seenFromExtension).get();
    }

    /** Null where there is none: a server need not have all of them. */
    static <T> @Nullable T optional(Class<T> type, Instance<Object> seenFromExtension) {
        Instance<T> found = found(type, seenFromExtension);
        return found.isResolvable() ? found.get() : null;
    }

    private static <T> Instance<T> found(Class<T> type, Instance<Object> seenFromExtension) {
        Instance<T> seen = seenFromExtension.select(type);
        return seen.isResolvable() ? seen : CDI.current().select(type);
    }
}
