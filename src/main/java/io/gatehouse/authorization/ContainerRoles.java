package io.gatehouse.authorization;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The roles of one request's caller, as the container says. It is asked twice in most requests, by Gatehouse and by the
 * server's own filter, and the answer takes it long: the role that it confirmed last is not asked for again while the same
 * caller is logged in. For one request: the next one may be for another servlet, where roles have other meanings.
 */
final class ContainerRoles implements Predicate<String> {

    private final SecurityContext container;
    private final @Nullable Principal caller;

    private volatile @Nullable String confirmed;

    ContainerRoles(SecurityContext container, @Nullable Principal caller) {
        this.container = container;
        this.caller = caller;
    }

    @Override
    public boolean test(String role) {
        if (role.equals(confirmed) && isCallerStillThere()) {
            return true;
        }
        boolean has = container.isUserInRole(role);
        if (has && isCallerStillThere()) {
            confirmed = role;
        }
        return has;
    }

    /** The very object: code of the application may log somebody out, or somebody else in. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isCallerStillThere() {
        return caller != null && container.getUserPrincipal() == caller;
    }
}
