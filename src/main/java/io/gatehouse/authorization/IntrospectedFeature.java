package io.gatehouse.authorization;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Set;
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
            context.register(
                    new IntrospectedFilter(IntrospectedFeature::check, maximumAge(introspected, resource)), PRIORITY);
        }
    }

    private static FreshnessCheck check() {
        return CDI.current().select(FreshnessCheck.class).get();
    }

    /**
     * JAX-RS takes its annotations also from the interface or the superclass that declares a method, so this one has to be
     * looked for there as well: an annotation that is overlooked would be a check that is left out.
     */
    private static @Nullable Introspected annotation(ResourceInfo resource) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(resource.getResourceClass(), types);
        Method method = resource.getResourceMethod();
        Introspected onMethod = method.getAnnotation(Introspected.class);
        for (Class<?> type : types) {
            onMethod = onMethod != null ? onMethod : onMethod(type, method);
        }
        Introspected onType = null;
        for (Class<?> type : types) {
            onType = onType != null ? onType : type.getAnnotation(Introspected.class);
        }
        return onMethod != null ? onMethod : onType;
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> types) {
        if (type != null && types.add(type)) {
            collect(type.getSuperclass(), types);
            for (Class<?> each : type.getInterfaces()) {
                collect(each, types);
            }
        }
    }

    private static @Nullable Introspected onMethod(Class<?> type, Method method) {
        for (Method declared : type.getDeclaredMethods()) {
            if (declared.getName().equals(method.getName())
                    && declared.getParameterCount() == method.getParameterCount()
                    && declared.isAnnotationPresent(Introspected.class)) {
                return declared.getAnnotation(Introspected.class);
            }
        }
        return null;
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
