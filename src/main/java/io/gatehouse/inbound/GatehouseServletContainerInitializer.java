package io.gatehouse.inbound;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts our two filters before every other filter of the application. Found by the container. */
public final class GatehouseServletContainerInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        add("gatehouse-refusal", new RefusalFilter(), "/*", context);
        add("gatehouse-resource-metadata", new ResourceMetadataFilter(), ResourceMetadataFilter.PATH, context);
    }

    private static void add(String name, Filter filter, String pattern, ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        if (registration != null) { // null where another module of the application brought the jar along as well
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, pattern);
        }
    }
}
