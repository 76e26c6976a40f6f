package io.gatehouse.http;

import org.glassfish.jersey.client.innate.inject.NonInjectionManager;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.inject.InjectionManagerFactory;

/**
 * Gives Jersey by choice what it otherwise falls back to with a warning per client: no injection at all.
 *
 * <p>Found as a service, under the relocated name of the interface only, so that no Jersey of a server sees it.
 * Public because Jersey's service loader asks for that; no door of this room.
 */
public final class NonInjectionManagerFactory implements InjectionManagerFactory {

    @Override
    public InjectionManager create(Object parent) {
        return new NonInjectionManager(false);
    }
}
