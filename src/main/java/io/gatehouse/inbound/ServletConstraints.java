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

/**
 * The application's own wish that the container guard its servlets, which Open Liberty without {@code appSecurity} does not
 * hear: it would serve them to everybody. Stateless.
 */
final class ServletConstraints {

    private static final String DESCRIPTOR = "/WEB-INF/web.xml";

    private ServletConstraints() {}

    /**
     * Whether there are such constraints, and nobody heeds them.
     *
     * @param annotated types of the application with annotations that the container was asked to look for
     */
    static boolean areIgnored(Collection<Class<?>> annotated, ServletContext context) {
        return areIgnored(annotated, context, ServletConstraints::isSecurityOn);
    }

    static boolean areIgnored(Collection<Class<?>> annotated, ServletContext context, BooleanSupplier securityIsOn) {
        return isOpenLiberty(context) && areDeclared(annotated, context) && !securityIsOn.getAsBoolean();
    }

    private static boolean isOpenLiberty(ServletContext context) {
        String server = context.getServerInfo();
        return server != null && server.contains("Liberty");
    }

    private static boolean areDeclared(Collection<Class<?>> annotated, ServletContext context) {
        return annotated.stream().anyMatch(type -> type.isAnnotationPresent(ServletSecurity.class))
                || areInDescriptor(context);
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
