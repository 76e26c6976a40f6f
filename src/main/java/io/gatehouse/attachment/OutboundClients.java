package io.gatehouse.attachment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The clients of one application by name. Immutable and thread-safe. */
public interface OutboundClients {

    /** The client of this name. */
    Optional<OutboundClient> named(String name);

    /** The client that the configuration gives to a MicroProfile Rest Client interface, named in full. */
    Optional<OutboundClient> forRestClient(String interfaceName);

    /** All names, for messages. */
    Set<String> names();

    /** Why there is no client of this name, where there is one that cannot be used; else empty. */
    Optional<String> problem(String name);

    /** No client at all. */
    static OutboundClients none() {
        return of(Map.of(), Map.of());
    }

    /**
     * These clients.
     *
     * @param restClients the name of the client by the full name of the interface
     */
    static OutboundClients of(Map<String, OutboundClient> byName, Map<String, String> restClients) {
        return of(byName, restClients, Map.of());
    }

    /**
     * These clients.
     *
     * @param restClients the name of the client by the full name of the interface
     * @param unusable what is wrong with others, by name: to use one fails with that
     */
    static OutboundClients of(
            Map<String, OutboundClient> byName, Map<String, String> restClients, Map<String, String> unusable) {
        return new ConfiguredClients(Map.copyOf(byName), Map.copyOf(restClients), Map.copyOf(unusable));
    }
}
