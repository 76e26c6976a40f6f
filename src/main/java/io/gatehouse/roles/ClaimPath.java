package io.gatehouse.roles;

import io.gatehouse.token.ClaimsSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names an array of strings in a claims set, such as {@code realm_access.roles}. A claim whose whole name is the path
 * (a URL, say) comes before one that the dots lead to.
 */
record ClaimPath(String path, List<String> names) {

    private static final Set<String> SCOPES = Set.of("scope", "scp");

    static ClaimPath of(String path) {
        return new ClaimPath(path, List.of(path.split("\\.", -1)));
    }

    /**
     * The strings of the array at this place, or the words of a scope (RFC 6749 §3.3), the one claim that is a list in
     * one string; anything else holds no roles.
     */
    List<String> read(ClaimsSet claims) {
        Object value = claims.value(path).orElseGet(() -> walk(claims.asMap()));
        if (value instanceof String words && SCOPES.contains(names.get(names.size() - 1))) {
            return List.of(words.split(" ", -1));
        }
        if (!(value instanceof List<?> elements) || !elements.stream().allMatch(String.class::isInstance)) {
            return List.of();
        }
        return elements.stream().map(String.class::cast).toList();
    }

    private @Nullable Object walk(Map<String, Object> claims) {
        Object value = claims;
        for (String name : names) {
            if (!(value instanceof Map<?, ?> members)) {
                return null;
            }
            value = members.get(name);
        }
        return value;
    }
}
