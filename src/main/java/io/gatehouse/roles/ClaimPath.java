package io.gatehouse.roles;

import io.gatehouse.token.ClaimsSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Names strings in a claims set, such as {@code realm_access.roles}, or {@code contexts[].roles} for those of all objects
 * of an array. Names may hold dots themselves ({@code https://example.com/roles}, {@code resource_access.my.api.roles}):
 * where there is a member of the longer name, it comes before one that the dots lead to.
 */
record ClaimPath(String path, List<String> names) {

    /** MicroProfile JWT 2.1 §4.1: an array, and nothing else. */
    private static final String STANDARD_GROUPS = "groups";

    /** Longer paths name nothing that exists, and would take long to look for. */
    private static final int MAXIMUM_NAMES = 16;

    static ClaimPath of(String path) {
        List<String> names = List.of(path.split("\\.", -1));
        return new ClaimPath(path, names.size() > MAXIMUM_NAMES ? List.of(path) : names);
    }

    /**
     * The strings of the array at this place, or the words of a string, which are separated by spaces (as those of a
     * scope, RFC 6749 §3.3) or commas; anything else holds no roles.
     */
    List<String> read(ClaimsSet claims) {
        return walk(claims.asMap(), 0).flatMap(this::strings).toList();
    }

    private Stream<String> strings(Object value) {
        if (value instanceof String words && !path.equals(STANDARD_GROUPS)) {
            return Stream.of(words.split("[ ,]", -1));
        }
        if (!(value instanceof List<?> elements) || !elements.stream().allMatch(String.class::isInstance)) {
            return Stream.empty();
        }
        return elements.stream().map(String.class::cast);
    }

    /** The values that the names from this one on lead to. */
    private Stream<Object> walk(Object value, int from) {
        if (from == names.size()) {
            return Stream.of(value);
        }
        if (!(value instanceof Map<?, ?> members)) {
            return Stream.empty();
        }
        for (int to = names.size(); to > from; to--) {
            String name = String.join(".", names.subList(from, to));
            Object member = members.get(name);
            if (member != null) {
                return walk(member, to);
            }
            if (name.endsWith("[]") && members.get(name.substring(0, name.length() - 2)) instanceof List<?> elements) {
                int next = to;
                return elements.stream().flatMap(element -> walk(element, next));
            }
        }
        return Stream.empty();
    }
}
