package io.gatehouse.roles;

import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the roles from the configured claims. Thread-safe. */
final class ClaimRoleMapper implements RoleMapper {

    /** Names that mean "anybody" to a container; a token must not be able to claim them. */
    private static final Set<String> WILDCARDS = Set.of("*", "**");

    private final List<ClaimPath> paths;
    private final RoleSettings settings;

    private final GroupOverage overage;

    ClaimRoleMapper(RoleSettings settings, Clock clock) {
        this.settings = settings;
        this.paths = settings.claimPaths().stream().map(ClaimPath::of).toList();
        this.overage = new GroupOverage(paths, clock);
    }

    @Override
    public Set<String> roles(ValidatedToken token) {
        overage.notice(token);
        Set<String> roles = new LinkedHashSet<>(settings.defaults());
        for (ClaimPath path : paths) {
            String claimPrefix = settings.claimPrefixes().getOrDefault(path.path(), "");
            for (String role : path.read(token.claims())) {
                if (isPlain(role)) {
                    add(claimPrefix + role, roles);
                }
            }
        }
        return Collections.unmodifiableSet(roles);
    }

    private void add(String role, Set<String> roles) {
        if (!settings.mappedOnly()) {
            roles.add(settings.prefix() + role);
        }
        roles.addAll(settings.granted().getOrDefault(role, Set.of()));
    }

    private static boolean isPlain(String role) {
        return !role.isBlank() && !WILDCARDS.contains(role) && role.chars().noneMatch(Character::isISOControl);
    }
}
