package io.gatehouse.attachment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Clients in maps. */
record ConfiguredClients(
        Map<String, OutboundClient> byName, Map<String, String> restClients, Map<String, String> unusable)
        implements OutboundClients {

    @Override
    public Optional<OutboundClient> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<OutboundClient> forRestClient(String interfaceName) {
        return Optional.ofNullable(restClients.get(interfaceName)).flatMap(this::named);
    }

    @Override
    public Optional<String> problem(String name) {
        return Optional.ofNullable(unusable.get(name));
    }

    @Override
    public Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }
}
