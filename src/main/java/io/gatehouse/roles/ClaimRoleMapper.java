package io.gatehouse.roles;

import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the roles from the configured claims. Thread-safe. */
final class ClaimRoleMapper implements RoleMapper {

    private final List<RoleClaim> claims;
    private final RoleSettings settings;
    private final GroupOverage overage;
    private final RecentRoles recent = new RecentRoles();

    ClaimRoleMapper(RoleSettings settings, Clock clock) {
        this.settings = settings.withPlainNamesOnly();
        this.claims = settings.claimPaths().stream()
                .map(path -> RoleClaim.of(path, settings))
                .toList();
        this.overage = new GroupOverage(claims.stream().map(RoleClaim::path).toList(), clock);
    }

    @Override
    public Set<String> roles(ValidatedToken token) {
        overage.notice(token);
        Set<String> roles = new LinkedHashSet<>(settings.defaults());
        claims.forEach(claim -> claim.read(token.claims(), role -> add(role, roles)));
        return recent.of(roles);
    }

    private void add(String role, Set<String> roles) {
        if (!settings.mappedOnly()) {
            addPrefixed(role, roles);
        }
        roles.addAll(settings.granted().getOrDefault(role, Set.of()));
    }

    private void addPrefixed(String role, Set<String> roles) {
        if (settings.prefix().isEmpty()) {
            roles.add(role);
        } else if (RoleName.isPlain(settings.prefix() + role)) {
            roles.add(settings.prefix() + role);
        }
    }
}
