package io.gatehouse.authorization;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The caller as JAX-RS shows him, to the application and to a server that enforces roles itself. Immutable.
 *
 * @param roles whether the caller has a role
 * @param scheme how he was authenticated
 */
record CallerSecurityContext(
        @Nullable Principal principal,
        Predicate<String> roles,
        boolean secure,
        @Nullable String scheme) implements SecurityContext {

    /** In place of a role: whoever is authenticated. Servers forget it (Open Liberty issue 26539). */
    static final String ANY_CALLER = "**";

    static final String BEARER = "Bearer";

    static CallerSecurityContext of(ResourceCaller.Known caller, SecurityContext container) {
        return new CallerSecurityContext(
                caller.principal(),
                caller.roles()::contains,
                container.isSecure(),
                caller.token() == null ? BASIC_AUTH : BEARER);
    }

    static CallerSecurityContext ofNobody(SecurityContext container) {
        return new CallerSecurityContext(null, role -> false, container.isSecure(), null);
    }

    /** Whom the container knows, with all roles that he has there. */
    static CallerSecurityContext ofContainer(SecurityContext container) {
        Principal principal = container.getUserPrincipal();
        return new CallerSecurityContext(
                principal,
                new ContainerRoles(container, principal),
                container.isSecure(),
                container.getAuthenticationScheme());
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return principal != null && role != null && (ANY_CALLER.equals(role) || roles.test(role));
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return scheme;
    }

    @Override
    public String toString() {
        return "CallerSecurityContext[" + (principal == null ? "nobody" : "somebody") + "]";
    }
}
