package io.gatehouse.permission;

import io.gatehouse.token.ValidatedToken;
import java.util.List;

/**
 * Decides whether a caller has a permission. For the application's code by injection, and asked for each
 * {@code @RequiresPermission}.
 *
 * <p>An application may have its own: a CDI bean of this type that is an enabled alternative
 * ({@code @Alternative @Priority(1)}). Implementations are thread-safe, and say {@link PermissionDecision.Unavailable}
 * where they do not know.
 */
public interface PermissionDecider {

    /** The decision for the caller whose token this is. May wait for another server. */
    PermissionDecision decide(ValidatedToken caller, Permission permission);

    /** The decisions for the same caller, in the order of the questions. */
    default List<PermissionDecision> decideAll(ValidatedToken caller, List<Permission> permissions) {
        return permissions.stream()
                .map(permission -> decide(caller, permission))
                .toList();
    }
}
