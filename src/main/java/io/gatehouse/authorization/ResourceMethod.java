package io.gatehouse.authorization;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method of a resource class, with all places where its annotations may stand: itself, the methods that it overrides,
 * its class, the superclasses and the interfaces, nearest first. JAX-RS takes its own annotations from these places, so
 * that one that restricts must not be overlooked there. Immutable.
 */
public final class ResourceMethod {

    private final Class<?> resourceClass;
    private final Method method;
    private final List<Class<?>> types;
    private final TypeArguments arguments;

    private ResourceMethod(Class<?> resourceClass, Method method) {
        this.resourceClass = resourceClass;
        this.method = method;
        Set<Class<?>> all = new LinkedHashSet<>();
        collect(resourceClass, all);
        collect(method.getDeclaringClass(), all);
        this.types = List.copyOf(all);
        this.arguments = TypeArguments.of(types);
    }

    static ResourceMethod of(Class<?> resourceClass, Method method) {
        return new ResourceMethod(resourceClass, method);
    }

    /** Superclasses come before interfaces (Jakarta RESTful Web Services 3.1 §3.6). */
    private static void collect(Class<?> type, Set<Class<?>> types) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            classes.add(each);
        }
        types.addAll(classes);
        classes.forEach(each -> collectInterfaces(each, types));
    }

    private static void collectInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> each : type.getInterfaces()) {
            types.add(each);
            collectInterfaces(each, types);
        }
    }

    /** The class that JAX-RS has matched. */
    public Class<?> resourceClass() {
        return resourceClass;
    }

    /** The method that JAX-RS has matched. */
    public Method method() {
        return method;
    }

    /** The annotation of the method, or else of its class: the nearest one. */
    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return nearest(element -> element.getDeclaredAnnotation(type));
    }

    /** What the reader finds at the nearest place: methods before types. */
    <T> Optional<T> nearest(Function<AnnotatedElement, @Nullable T> reader) {
        return nearestMethod(reader).or(() -> first(types.stream(), reader));
    }

    <T> Optional<T> nearestMethod(Function<AnnotatedElement, @Nullable T> reader) {
        Stream<Method> methods = types.stream().flatMap(type -> Stream.of(type.getDeclaredMethods()));
        return first(methods.filter(this::isThisOrOverridden), reader);
    }

    private static <T> Optional<T> first(
            Stream<? extends AnnotatedElement> elements, Function<AnnotatedElement, @Nullable T> reader) {
        return elements.map(element -> Optional.<T>ofNullable(reader.apply(element)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private boolean isThisOrOverridden(Method candidate) {
        return candidate.equals(method)
                || (candidate.getName().equals(method.getName())
                        && !Modifier.isPrivate(candidate.getModifiers())
                        && !Modifier.isStatic(candidate.getModifiers())
                        && arguments.parametersOf(candidate).equals(arguments.parametersOf(method)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceMethod that
                && resourceClass.equals(that.resourceClass)
                && method.equals(that.method);
    }

    @Override
    public int hashCode() {
        return method.hashCode();
    }

    /** For a line in the log. */
    @Override
    public String toString() {
        return resourceClass.getName() + "." + method.getName();
    }
}
