package io.gatehouse.authorization;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Puts a filter before each resource method that is {@link Introspected}. Found by the JAX-RS implementation. */
@Provider
public class IntrospectedFeature implements DynamicFeature {

    /** After the roles: whoever may not come in anyway costs no question. */
    private static final int PRIORITY = Priorities.AUTHORIZATION + 100;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Introspected introspected = annotation(resource);
        if (introspected != null && !context.getConfiguration().isRegistered(IntrospectedFilter.class)) {
            context.register(new IntrospectedFilter(maximumAge(introspected, resource)), PRIORITY);
        }
    }

    private static @Nullable Introspected annotation(ResourceInfo resource) {
        Introspected onMethod = resource.getResourceMethod().getAnnotation(Introspected.class);
        return onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(Introspected.class);
    }

    private static Duration maximumAge(Introspected introspected, ResourceInfo resource) {
        try {
            return Duration.parse(introspected.maxAge());
        } catch (DateTimeParseException mistaken) {
            throw new IllegalStateException(
                    "@Introspected of " + resource.getResourceMethod() + ": maxAge is no ISO 8601 duration", mistaken);
        }
    }
}
