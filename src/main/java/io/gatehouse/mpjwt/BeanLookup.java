package io.gatehouse.mpjwt;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;

/**
 * Finds the beans of this module where its extension does not see them: Payara puts an extension into a bean archive of
 * its own. A class of its own, because CDI there judges by the class that asks, and knows the extension in two archives.
 * Stateless.
 */
final class BeanLookup {

    private BeanLookup() {}

    static <T> T bean(Class<T> type, Instance<Object> seenFromExtension) {
        Instance<T> seen = seenFromExtension.select(type);
        return seen.isResolvable() ? seen.get() : CDI.current().select(type).get();
    }
}
