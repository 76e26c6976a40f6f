package io.gatehouse.inbound;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.log.ApplicationLog;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the {@link RefusalFilter}, the {@link ResourceMetadataFilter} and the {@link JwkSetFilter} before every other filter
 * of the application, and the {@link OwnPageFilter} behind those of its descriptor, which may have headers of their own to
 * set. Declares the roles that annotations name. Where servlets or beans of the application would stand open, a
 * {@link ClosedFilter} comes first of all. Found by the container.
 */
@HandlesTypes({RolesAllowed.class, DenyAll.class, DeclareRoles.class, ServletSecurity.class})
public final class GatehouseServletContainerInitializer implements ServletContainerInitializer {

    private static final System.Logger LOG = ApplicationLog.of(GatehouseServletContainerInitializer.class);

    private static final boolean BEFORE_OTHERS = false;
    private static final boolean AFTER_OTHERS = true;

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        Set<Class<?>> annotated = classes == null ? Set.of() : classes;
        if (ContainerConstraints.areIgnored(annotated, context)) {
            close(context);
        }
        DeclaredRoles.of(annotated).forEach(context::declareRoles);
        add("gatehouse-refusal", new RefusalFilter(), "/*", BEFORE_OTHERS, context);
        add(
                "gatehouse-resource-metadata",
                new ResourceMetadataFilter(),
                ResourceMetadataFilter.PATH,
                BEFORE_OTHERS,
                context);
        add(
                "gatehouse-jwk-set",
                new JwkSetFilter(GatehouseServletContainerInitializer::jwkSet),
                "/*",
                BEFORE_OTHERS,
                context);
        OwnPageFilter ownPages = new OwnPageFilter(GatehouseServletContainerInitializer::ownPages);
        add("gatehouse-own-pages", ownPages, "/*", AFTER_OTHERS, context);
    }

    private static void close(ServletContext context) {
        LOG.log(
                ERROR,
                "GATE0212 nobody is let into this application: it has, or may have, security constraints of servlets or"
                        + " roles of enterprise beans, which this server does not enforce. On Open Liberty, switch the"
                        + " feature appSecurity-5.0 on");
        add("gatehouse-closed", new ClosedFilter(), "/*", BEFORE_OTHERS, context);
    }

    /** Nowhere in a module of the application that CDI does not look at: its requests are none of ours. */
    private static PublishedJwkSet jwkSet() {
        try {
            return CDI.current().select(PublishedJwkSet.class).stream()
                    .findFirst()
                    .orElseGet(PublishedJwkSet::nowhere);
        } catch (IllegalStateException noCdi) {
            return PublishedJwkSet.nowhere();
        }
    }

    private static List<OwnPage> ownPages() {
        try {
            return CDI.current().select(OwnPage.class).stream().toList();
        } catch (IllegalStateException noCdi) {
            return List.of();
        }
    }

    private static void add(String name, Filter filter, String pattern, boolean afterOthers, ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        if (registration != null) { // null where another module of the application brought the jar along as well
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), afterOthers, pattern);
        }
    }
}
