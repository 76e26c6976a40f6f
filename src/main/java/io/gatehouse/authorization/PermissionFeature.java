package io.gatehouse.authorization;

import io.gatehouse.permission.ResourceTemplate;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a filter before each resource method that {@link RequiresPermission}. Found by the JAX-RS implementation. */
@Provider
public class PermissionFeature implements DynamicFeature {

    /** After everything that is found out without this question: roles, and whether the token is good. */
    private static final int PRIORITY = Priorities.AUTHORIZATION + 200;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        List<RequiresPermission> required = required(resource.getResourceClass(), resource.getResourceMethod());
        if (!required.isEmpty() && !context.getConfiguration().isRegistered(PermissionFilter.class)) {
            List<PermissionFilter.Required> templates =
                    required.stream().map(each -> template(each, resource)).toList();
            context.register(new PermissionFilter(PermissionFeature::check, templates), PRIORITY);
        }
    }

    private static PermissionCheck check() {
        return CDI.current().select(PermissionCheck.class).get();
    }

    private static PermissionFilter.Required template(RequiresPermission permission, ResourceInfo resource) {
        if (permission.action().isBlank()) {
            throw new IllegalStateException(
                    "@RequiresPermission of " + resource.getResourceMethod() + " names no action");
        }
        try {
            return new PermissionFilter.Required(
                    permission.resourceType(), ResourceTemplate.of(permission.resource()), permission.action());
        } catch (IllegalArgumentException mistaken) {
            throw new IllegalStateException(
                    "@RequiresPermission of " + resource.getResourceMethod() + ": " + mistaken.getMessage(), mistaken);
        }
    }

    /**
     * JAX-RS takes its annotations also from the interface or the superclass that declares a method, so these have to be
     * looked for there as well: an annotation that is overlooked would be a check that is left out.
     */
    private static List<RequiresPermission> required(Class<?> resourceClass, Method method) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(resourceClass, types);
        Stream<AnnotatedElement> methods =
                Stream.concat(Stream.of(method), types.stream().flatMap(type -> sameMethods(type, method)));
        return Stream.concat(methods, types.stream())
                .map(element -> List.of(element.getAnnotationsByType(RequiresPermission.class)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> types) {
        if (type != null && types.add(type)) {
            collect(type.getSuperclass(), types);
            for (Class<?> each : type.getInterfaces()) {
                collect(each, types);
            }
        }
    }

    /** By name and number of parameters: their types may be generic further up, and one too many does no harm. */
    private static Stream<Method> sameMethods(Class<?> type, Method method) {
        return Stream.of(type.getDeclaredMethods())
                .filter(declared -> declared.getName().equals(method.getName())
                        && declared.getParameterCount() == method.getParameterCount());
    }
}
