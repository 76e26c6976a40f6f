package io.gatehouse.inbound;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The application's own wish that the container guard its servlets and enterprise beans, which Open Liberty without
 * {@code appSecurity} does not hear: they would stand open to everybody. Stateless.
 */
final class ContainerConstraints {

    private static final String DESCRIPTOR = "/WEB-INF/web.xml";

    /** By name: a server need not have them. Of a type that names roles, any of their annotations will do. */
    private static final String ENTERPRISE_BEANS = "jakarta.ejb.";

    private ContainerConstraints() {}

    /**
     * Whether there are such constraints, and nobody heeds them.
     *
     * @param annotated types of the application with annotations that the container was asked to look for
     */
    static boolean areIgnored(Collection<Class<?>> annotated, ServletContext context) {
        return areIgnored(annotated, context, ContainerConstraints::isSecurityOn);
    }

    static boolean areIgnored(Collection<Class<?>> annotated, ServletContext context, BooleanSupplier securityIsOn) {
        return isOpenLiberty(context) && areDeclared(annotated, context) && !securityIsOn.getAsBoolean();
    }

    private static boolean isOpenLiberty(ServletContext context) {
        String server = context.getServerInfo();
        return server != null && server.contains("Liberty");
    }

    private static boolean areDeclared(Collection<Class<?>> annotated, ServletContext context) {
        return annotated.stream()
                        .anyMatch(type -> type.isAnnotationPresent(ServletSecurity.class) || isEnterpriseBean(type))
                || areInDescriptor(context);
    }

    private static boolean isEnterpriseBean(Class<?> type) {
        return Stream.of(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().startsWith(ENTERPRISE_BEANS));
    }

    /** In case of doubt they are. */
    private static boolean areInDescriptor(ServletContext context) {
        try (InputStream in = context.getResourceAsStream(DESCRIPTOR)) {
            return in != null
                    && new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains("security-constraint");
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Who has the feature has the server's handler. */
    private static boolean isSecurityOn() {
        try {
            return !CDI.current().select(IdentityStoreHandler.class).isUnsatisfied();
        } catch (IllegalStateException notOurApplication) {
            return true;
        }
    }
}
