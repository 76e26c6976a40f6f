package io.gatehouse.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of all properties that are set, read once: those of issuers by issuer, so that a thousand issuers do not
 * look through each other's.
 */
record PropertyNames(List<String> all, Map<String, List<String>> byIssuer) {

    static PropertyNames of(Properties properties) {
        List<String> all = new ArrayList<>();
        Map<String, List<String>> byIssuer = new HashMap<>();
        for (String name : properties.names()) {
            ConfigProperty.issuerOf(name)
                    .map(issuer -> byIssuer.computeIfAbsent(issuer, ignored -> new ArrayList<>()))
                    .orElse(all)
                    .add(name);
        }
        return new PropertyNames(all, byIssuer);
    }

    /** The names of {@code gatehouse.issuers.<issuer>}. */
    List<String> of(String issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /** All issuers that have a property. */
    Set<String> issuers() {
        return new TreeSet<>(byIssuer.keySet());
    }
}
