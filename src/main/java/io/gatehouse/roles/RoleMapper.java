package io.gatehouse.roles;

import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.Set;

/**
 * Says which roles a caller has in this application. Implementations are thread-safe.
 *
 * <p>An application may have CDI beans of this type: for each token, once it is found to be valid, each bean is asked, and
 * what it answers comes beside the roles of the configuration. It cannot take any away. Names that mean "anybody"
 * ({@code *}, {@code **}), blank ones and those with control characters are left out of its answer. Its callers wait: what
 * takes long, should be kept. Where it throws, or answers null, the request is answered with 503.
 */
@FunctionalInterface
public interface RoleMapper {

    /** The roles of the caller whose token this is; never null, empty where there are none. */
    Set<String> roles(ValidatedToken token);

    /** Reads roles from claims, as configured. */
    static RoleMapper of(RoleSettings settings, Clock clock) {
        return new ClaimRoleMapper(settings, clock);
    }
}
