package io.gatehouse.authorization;

import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.token.ValidatedToken;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;

/**
 * A request that has reached a resource method, and who makes it.
 *
 * @param context what JAX-RS knows of it, path parameters for instance
 * @param challenge writes the challenges of answers that refuse
 */
public record AccessRequest(ContainerRequestContext context, BearerChallenge challenge) {

    /** Who calls; empty where that is nobody. */
    public Optional<Principal> caller() {
        return Optional.ofNullable(security().getUserPrincipal());
    }

    /** What the caller was let in by; empty where that was no token. */
    public Optional<ValidatedToken> token() {
        return context.getProperty(ValidatedToken.REQUEST_ATTRIBUTE) instanceof ValidatedToken token
                ? Optional.of(token)
                : Optional.empty();
    }

    /** Whether somebody calls who has the role; {@code **} is every caller's (Servlet 6.0 §13.3). */
    public boolean isCallerInRole(String role) {
        return caller().isPresent()
                && (role.equals(CallerSecurityContext.ANY_CALLER) || security().isUserInRole(role));
    }

    private SecurityContext security() {
        return context.getSecurityContext();
    }
}
