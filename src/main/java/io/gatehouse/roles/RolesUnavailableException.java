package io.gatehouse.roles;

/** A caller's roles are not known, because a mapper of the application broke its contract. Told in the log already. */
public final class RolesUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RolesUnavailableException(Throwable cause) {
        super("a RoleMapper of the application failed", cause);
    }
}
