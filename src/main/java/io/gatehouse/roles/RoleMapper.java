package io.gatehouse.roles;

import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.Set;

/** Says which roles a caller has in this application. Implementations are thread-safe. */
@FunctionalInterface
public interface RoleMapper {

    /** The roles of the caller whose token this is; unmodifiable, empty where there are none. */
    Set<String> roles(ValidatedToken token);

    /** Reads roles from claims, as configured. */
    static RoleMapper of(RoleSettings settings, Clock clock) {
        return new ClaimRoleMapper(settings, clock);
    }
}
