package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code @RolesAllowed}, {@code @PermitAll} and {@code @DenyAll}, by the rules of the draft of Jakarta Security 5.0 for
 * REST. Immutable.
 *
 * @param roles any one of them will do
 */
record RoleRule(List<String> roles) implements AccessRule {

    private static final String NOBODY_MAY = "nobody may do this";

    static final AccessRule PERMIT_ALL = request -> Optional.empty();

    /** 403 without asking who calls: that would not help. */
    static final AccessRule DENY_ALL = request -> Optional.of(Refusal.forbidden(RefusalCode.NOBODY, NOBODY_MAY));

    RoleRule {
        roles = List.copyOf(roles);
    }

    /** The rule of a method or a type; null where it has none of its own. */
    static @Nullable AccessRule of(AnnotatedElement element) {
        boolean denyAll = element.getDeclaredAnnotation(DenyAll.class) != null;
        boolean permitAll = element.getDeclaredAnnotation(PermitAll.class) != null;
        RolesAllowed rolesAllowed = element.getDeclaredAnnotation(RolesAllowed.class);
        if (permitAll && rolesAllowed != null && !denyAll) {
            throw new MisdeclaredException("both @PermitAll and @RolesAllowed");
        }
        if (denyAll) {
            return DENY_ALL;
        }
        if (rolesAllowed != null) {
            return rolesAllowed.value().length == 0 ? DENY_ALL : new RoleRule(List.of(rolesAllowed.value()));
        }
        return permitAll ? PERMIT_ALL : null;
    }

    @Override
    public Optional<Refusal> refusal(AccessRequest request) {
        if (request.caller().isEmpty()) {
            return Optional.of(Refusal.credentialsNeeded(request.challenge()));
        }
        for (String role : roles) {
            if (request.isCallerInRole(role)) {
                return Optional.empty();
            }
        }
        return Optional.of(Refusal.roleMissing(request.challenge(), roles));
    }
}
