package io.gatehouse.roles;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where roles come from.
 *
 * @param claimPaths the claims that list roles: a claim's name, or a path of names with dots between them
 * @param granted further roles for those who have a role; the role itself stays
 * @param strippedPrefixes what the roles of a claim may begin with and lose, by its path; the first that fits
 * @param letterCase in which case the roles of a token count
 * @param claimPrefixes what is put before the roles of a claim, by its path
 * @param prefix what is put before every role of a token that is not one of the granted ones, so that the roles of one
 *     issuer cannot be taken for another's; may be empty
 * @param mappedOnly whether the granted roles are the only ones that count
 * @param defaults roles of every caller with a valid token
 */
public record RoleSettings(
        List<String> claimPaths,
        Map<String, Set<String>> granted,
        Map<String, List<String>> strippedPrefixes,
        LetterCase letterCase,
        Map<String, String> claimPrefixes,
        String prefix,
        boolean mappedOnly,
        Set<String> defaults) {

    /** The {@code groups} claim of MicroProfile JWT, role for role. */
    public static final List<String> DEFAULT_CLAIM_PATHS = List.of("groups");

    /** The roles as the token names them, and those granted. */
    public RoleSettings(List<String> claimPaths, Map<String, Set<String>> granted) {
        this(claimPaths, granted, Map.of(), LetterCase.AS_IS, Map.of(), "", false, Set.of());
    }

    public RoleSettings {
        claimPrefixes = Map.copyOf(claimPrefixes);
        defaults = Set.copyOf(defaults);
        claimPaths = List.copyOf(claimPaths);
        strippedPrefixes = strippedPrefixes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
        granted = granted.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    }

    /** The same for tokens that list their roles elsewhere. */
    public RoleSettings withClaimPaths(List<String> otherPaths) {
        return new RoleSettings(
                otherPaths, granted, strippedPrefixes, letterCase, claimPrefixes, prefix, mappedOnly, defaults);
    }

    /** Without the odd names: nobody has a role of such a name, whatever the settings say. */
    RoleSettings withPlainNamesOnly() {
        Map<String, Set<String>> plain = new HashMap<>();
        granted.forEach((role, further) -> {
            if (isRoleName(role)) {
                plain.put(role, plain(further));
            }
        });
        return new RoleSettings(
                claimPaths, plain, strippedPrefixes, letterCase, claimPrefixes, prefix, mappedOnly, plain(defaults));
    }

    private static Set<String> plain(Set<String> roles) {
        return roles.stream().filter(RoleName::isPlain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether somebody can have a role of this name: not {@code *} and {@code **}, which mean anybody to a container, nor a
     * name that is blank, longer than 1024 characters, or has control characters in it.
     */
    public static boolean isRoleName(String text) {
        return RoleName.isPlain(text);
    }
}
