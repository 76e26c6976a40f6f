package io.gatehouse.authorization;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sub-resource locators that led to a resource method. JAX-RS names the resources on the way, but not the
 * methods; so they are looked up as JAX-RS matches them, and where that is not certain, all that could have been. Remembers
 * what it has read of each class; thread-safe.
 */
final class Locators {

    /** What matches any beginning of a path. */
    private static final String ANYTHING = ".*?";

    private final Map<Class<?>, List<Locator>> byClass = new ConcurrentHashMap<>();

    private record Locator(ResourceMethod method, PathTemplate template) {

        boolean matches(String prefix, String path) {
            return Pattern.matches("(?:" + template.after(prefix) + ")(?:/.*)?", path);
        }

        /** Locators may be declared to return anything, or a class. */
        boolean mayReturn(Class<?> resource) {
            Class<?> type = method.method().getReturnType();
            return type.isAssignableFrom(resource) || type == Class.class;
        }
    }

    /** The locators on the way to a method of this class, from the root on. */
    List<ResourceMethod> onTheWay(UriInfo uri, Class<?> resourceClass) {
        List<Object> matched = uri.getMatchedResources();
        List<Class<?>> parents = new ArrayList<>();
        int last = !matched.isEmpty() && resourceClass.isInstance(matched.get(0)) ? 1 : 0;
        for (int i = matched.size() - 1; i >= last; i--) {
            parents.add(matched.get(i).getClass());
        }
        return parents.isEmpty() ? List.of() : onTheWay(parents, resourceClass, path(uri));
    }

    private static String path(UriInfo uri) {
        String withoutMatrixParameters = uri.getPath().replaceAll(";[^/]*", "");
        return withoutMatrixParameters.replaceAll("^/+|/+$", "");
    }

    private List<ResourceMethod> onTheWay(List<Class<?>> parents, Class<?> resourceClass, String path) {
        List<ResourceMethod> found = new ArrayList<>();
        String prefix = rootTemplate(parents.get(0));
        for (int i = 0; i < parents.size(); i++) {
            Class<?> next = i + 1 < parents.size() ? parents.get(i + 1) : resourceClass;
            List<Locator> all = byClass.computeIfAbsent(parents.get(i), Locators::of);
            List<Locator> likely = likely(all, prefix, path, next);
            (likely.isEmpty() ? all : likely).forEach(locator -> found.add(locator.method()));
            prefix = likely.isEmpty() ? ANYTHING : oneOf(likely, prefix);
        }
        return found;
    }

    private static List<Locator> likely(List<Locator> all, String prefix, String path, Class<?> next) {
        List<Locator> matching =
                all.stream().filter(locator -> locator.matches(prefix, path)).toList();
        Optional<PathTemplate> best = matching.stream().map(Locator::template).max(PathTemplate.PREFERENCE);
        List<Locator> preferred = matching.stream()
                .filter(locator -> PathTemplate.PREFERENCE.compare(locator.template(), best.orElseThrow()) == 0)
                .toList();
        return preferred.stream().anyMatch(locator -> locator.mayReturn(next)) ? preferred : matching;
    }

    private static String oneOf(List<Locator> locators, String prefix) {
        return locators.stream()
                .map(locator -> locator.template().after(prefix))
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    private static String rootTemplate(Class<?> root) {
        for (Class<?> type = root; type != null; type = type.getSuperclass()) {
            Path path = type.getDeclaredAnnotation(Path.class);
            if (path != null) {
                return PathTemplate.of(path.value()).expression();
            }
        }
        return ANYTHING;
    }

    private static List<Locator> of(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> !method.isBridge() && method.getDeclaringClass() != Object.class)
                .map(method -> locator(type, method))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A method with a path and without a request method designator (§3.4.1). */
    private static Optional<Locator> locator(Class<?> type, Method method) {
        ResourceMethod resourceMethod = ResourceMethod.of(type, method);
        boolean resource = resourceMethod.nearestMethod(Locators::designator).isPresent();
        return resource
                ? Optional.empty()
                : resourceMethod
                        .nearestMethod(element -> element.getDeclaredAnnotation(Path.class))
                        .map(path -> new Locator(resourceMethod, PathTemplate.of(path.value())));
    }

    private static @Nullable Annotation designator(AnnotatedElement element) {
        return Stream.of(element.getDeclaredAnnotations())
                .filter(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class))
                .findFirst()
                .orElse(null);
    }
}
