package io.gatehouse.outbound;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Forgets everything with the application. As many entries as there are clients. Thread-safe. */
final class MemoryTokenStorage implements TokenStorage {

    private final ConcurrentMap<String, StoredTokens> tokens = new ConcurrentHashMap<>();

    @Override
    public Optional<StoredTokens> load(String namespace) {
        return Optional.ofNullable(tokens.get(namespace));
    }

    @Override
    public void store(String namespace, StoredTokens stored) {
        tokens.put(namespace, stored);
    }

    @Override
    public void remove(String namespace) {
        tokens.remove(namespace);
    }

    @Override
    public String toString() {
        return "MemoryTokenStorage[hidden]";
    }
}
