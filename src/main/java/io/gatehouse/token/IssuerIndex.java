package io.gatehouse.token;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to the issuer that a token names. One look into a hash table for exact values, and one more per
 * length that the templates' beginnings have, however many issuers there are. Immutable and thread-safe.
 *
 * @param <T> what belongs to an issuer
 */
public final class IssuerIndex<T> {

    private record Templated<T>(IssuerIdentifier identifier, T value) {}

    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, List<Templated<T>>> templatesByPrefix = new HashMap<>();
    private final int[] prefixLengths;

    /** Takes the issuers in. */
    public IssuerIndex(Map<IssuerIdentifier, T> issuers) {
        TreeSet<Integer> lengths = new TreeSet<>();
        issuers.forEach((identifier, value) -> {
            if (identifier.isTemplate()) {
                lengths.add(identifier.prefix().length());
                templatesByPrefix
                        .computeIfAbsent(identifier.prefix(), prefix -> new ArrayList<>())
                        .add(new Templated<>(identifier, value));
            } else {
                exact.put(identifier.text(), value);
            }
        });
        prefixLengths = lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What belongs to the issuer of these claims; empty where it is unknown, or the claims do not fit its template. */
    public Optional<T> find(ClaimsView claims) {
        if (!(claims.get("iss") instanceof String issuer)) {
            return Optional.empty();
        }
        T value = exact.get(issuer);
        return Optional.ofNullable(value == null ? templated(issuer, claims) : value);
    }

    /** What belongs to all the issuers there are. */
    public Collection<T> values() {
        List<T> values = new ArrayList<>(exact.values());
        templatesByPrefix.values().forEach(templates -> templates.forEach(template -> values.add(template.value())));
        return values;
    }

    private @Nullable T templated(String issuer, ClaimsView claims) {
        for (int length : prefixLengths) {
            if (length > issuer.length()) {
                return null;
            }
            for (Templated<T> template : templatesByPrefix.getOrDefault(issuer.substring(0, length), List.of())) {
                if (template.identifier().isNamedBy(claims)) {
                    return template.value();
                }
            }
        }
        return null;
    }
}
