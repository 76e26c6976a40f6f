package io.gatehouse.roles;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where roles come from.
 *
 * @param claimPaths the claims that list roles: a claim's name, or a path of names with dots between them
 * @param granted further roles for those who have a role; the role itself stays
 */
public record RoleSettings(List<String> claimPaths, Map<String, Set<String>> granted) {

    /** The {@code groups} claim of MicroProfile JWT, role for role. */
    public static final List<String> DEFAULT_CLAIM_PATHS = List.of("groups");

    public RoleSettings {
        claimPaths = List.copyOf(claimPaths);
        granted = granted.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }
}
