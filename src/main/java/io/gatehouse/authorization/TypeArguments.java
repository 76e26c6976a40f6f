package io.gatehouse.authorization;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the type parameters of supertypes stand for: {@code put(T)} of {@code Store<T>} is overridden by {@code put(Order)}
 * of {@code Orders implements Store<Order>}, and by no other {@code put}. Immutable.
 */
final class TypeArguments {

    private final Map<TypeVariable<?>, Type> arguments;

    private TypeArguments(Map<TypeVariable<?>, Type> arguments) {
        this.arguments = arguments;
    }

    /** As a class and all its supertypes give them. */
    static TypeArguments of(List<Class<?>> types) {
        Map<TypeVariable<?>, Type> arguments = new HashMap<>();
        for (Class<?> type : types) {
            Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
                    .filter(ParameterizedType.class::isInstance)
                    .map(ParameterizedType.class::cast)
                    .forEach(supertype -> put(supertype, arguments));
        }
        return new TypeArguments(arguments);
    }

    private static void put(ParameterizedType supertype, Map<TypeVariable<?>, Type> arguments) {
        TypeVariable<?>[] parameters = ((Class<?>) supertype.getRawType()).getTypeParameters();
        for (int i = 0; i < parameters.length; i++) {
            arguments.put(parameters[i], supertype.getActualTypeArguments()[i]);
        }
    }

    /** The types of a method's parameters, erased. */
    List<Class<?>> parametersOf(Method method) {
        return Stream.of(method.getGenericParameterTypes())
                .<Class<?>>map(this::erased)
                .toList();
    }

    private Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erased(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erased(arguments.getOrDefault(variable, variable.getBounds()[0]));
        }
        return erased(((WildcardType) type).getUpperBounds()[0]);
    }
}
