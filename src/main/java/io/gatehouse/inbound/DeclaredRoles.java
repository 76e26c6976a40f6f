package io.gatehouse.inbound;

import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The roles that annotations of the application name. Payara and GlassFish let no caller have a role that the application
 * does not declare, and do not take {@code @RolesAllowed} on a JAX-RS resource for a declaration. Stateless.
 */
final class DeclaredRoles {

    /** Declared, it would be a role like any other in place of every caller who is authenticated (Servlet 6.0 §13.3). */
    private static final String ANY_CALLER = "**";

    private DeclaredRoles() {}

    static Set<String> of(Collection<Class<?>> types) {
        Set<String> roles = new TreeSet<>();
        for (Class<?> type : types) {
            try {
                Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredMethods()))
                        .flatMap(DeclaredRoles::named)
                        .filter(role -> !role.isEmpty() && !role.equals(ANY_CALLER))
                        .forEach(roles::add);
            } catch (LinkageError incomplete) {
                // A class that names one which is not there cannot be a resource either.
            }
        }
        return roles;
    }

    private static Stream<String> named(AnnotatedElement element) {
        RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
        DeclareRoles declared = element.getAnnotation(DeclareRoles.class);
        return Stream.concat(
                allowed == null ? Stream.empty() : Stream.of(allowed.value()),
                declared == null ? Stream.empty() : Stream.of(declared.value()));
    }
}
