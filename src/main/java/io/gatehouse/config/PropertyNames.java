package io.gatehouse.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of all properties that are set, read once: those of issuers by issuer, so that a thousand issuers do not
 * look through each other's, and those of clients by client.
 */
record PropertyNames(List<String> all, Map<String, List<String>> byIssuer, Map<String, List<String>> byClient) {

    static PropertyNames of(Properties properties) {
        List<String> all = new ArrayList<>();
        Map<String, List<String>> byIssuer = new HashMap<>();
        Map<String, List<String>> byClient = new HashMap<>();
        for (String name : properties.names()) {
            ConfigProperty.issuerOf(name)
                    .map(issuer -> byIssuer.computeIfAbsent(issuer, ignored -> new ArrayList<>()))
                    .or(() -> ConfigProperty.clientOf(name)
                            .map(client -> byClient.computeIfAbsent(client, ignored -> new ArrayList<>())))
                    .orElse(all)
                    .add(name);
        }
        return new PropertyNames(all, byIssuer, byClient);
    }

    /** The names of {@code gatehouse.issuers.<issuer>}. */
    List<String> of(String issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /** The names of {@code gatehouse.clients.<client>}. */
    List<String> ofClient(String client) {
        return byClient.getOrDefault(client, List.of());
    }

    /** All clients that have a property. */
    Set<String> clients() {
        return new TreeSet<>(byClient.keySet());
    }

    /** All issuers that have a property. */
    Set<String> issuers() {
        return new TreeSet<>(byIssuer.keySet());
    }
}
