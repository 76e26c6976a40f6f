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
 * @param claimPrefixes what is put before the roles of a claim, by its path
 * @param prefix what is put before every role of a token that is not one of the granted ones, so that the roles of one
 *     issuer cannot be taken for another's; may be empty
 * @param mappedOnly whether the granted roles are the only ones that count
 * @param defaults roles of every caller with a valid token
 */
public record RoleSettings(
        List<String> claimPaths,
        Map<String, Set<String>> granted,
        Map<String, String> claimPrefixes,
        String prefix,
        boolean mappedOnly,
        Set<String> defaults) {

    /** The {@code groups} claim of MicroProfile JWT, role for role. */
    public static final List<String> DEFAULT_CLAIM_PATHS = List.of("groups");

    /** The roles as the token names them, and those granted. */
    public RoleSettings(List<String> claimPaths, Map<String, Set<String>> granted) {
        this(claimPaths, granted, Map.of(), "", false, Set.of());
    }

    public RoleSettings {
        claimPrefixes = Map.copyOf(claimPrefixes);
        defaults = Set.copyOf(defaults);
        claimPaths = List.copyOf(claimPaths);
        granted = granted.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }
}
