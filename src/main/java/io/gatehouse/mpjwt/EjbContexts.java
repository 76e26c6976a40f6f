package io.gatehouse.mpjwt;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code getCallerPrincipal()} of an injected EJB context answer with the caller's token (MicroProfile JWT 2.1,
 * "Recommendations for Optional Container Integration"), on servers that show a principal of their own there.
 *
 * <p>Injection goes as always; the context that was injected into a field is then wrapped. The wrapper answers with the
 * token only where the server names the same caller, so that {@code @RunAs} keeps its meaning.
 *
 * <p>Thread-safe as the delegate is.
 */
final class EjbContexts<T> implements InjectionTarget<T> {

    /** By name: a server need not have EJB. */
    private static final Set<String> CONTEXTS = Set.of("jakarta.ejb.EJBContext", "jakarta.ejb.SessionContext");

    private final InjectionTarget<T> delegate;
    private final List<Field> fields;
    private final Supplier<@Nullable JsonWebToken> caller;

    EjbContexts(InjectionTarget<T> delegate, List<Field> fields, Supplier<@Nullable JsonWebToken> caller) {
        this.delegate = delegate;
        this.fields = List.copyOf(fields);
        this.caller = caller;
    }

    /** The fields that hold an EJB context, of the class and those that it extends. */
    static List<Field> fields(Class<?> bean) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (CONTEXTS.contains(field.getType().getName()) && !Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    @Override
    public void inject(T instance, CreationalContext<T> context) {
        delegate.inject(instance, context);
        fields.forEach(field -> wrap(instance, field));
    }

    private void wrap(T instance, Field field) {
        try {
            field.setAccessible(true);
            Object context = field.get(instance);
            if (context != null) {
                field.set(instance, wrapped(context));
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Object wrapped(Object context) {
        ClassLoader loader = context.getClass().getClassLoader();
        return Proxy.newProxyInstance(
                loader,
                interfaces(context.getClass(), loader),
                (proxy, method, arguments) -> answer(context, method, arguments));
    }

    /** All that can be had: servers extend the context by interfaces of their own. */
    private static Class<?>[] interfaces(Class<?> context, ClassLoader loader) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = context; type != null; type = type.getSuperclass()) {
            interfaces.addAll(List.of(type.getInterfaces()));
        }
        interfaces.removeIf(each -> !Modifier.isPublic(each.getModifiers()) || !sees(loader, each));
        return interfaces.toArray(Class<?>[]::new);
    }

    private static boolean sees(ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException hidden) {
            return false;
        }
    }

    private @Nullable Object answer(Object context, Method method, Object @Nullable [] arguments) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(context, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        return method.getName().equals("getCallerPrincipal") && answer instanceof Principal principal
                ? tokenOf(principal)
                : answer;
    }

    private Principal tokenOf(Principal principal) {
        JsonWebToken token = caller.get();
        return token != null && principal.getName().equals(token.getName()) ? token : principal;
    }

    @Override
    public void postConstruct(T instance) {
        delegate.postConstruct(instance);
    }

    @Override
    public void preDestroy(T instance) {
        delegate.preDestroy(instance);
    }

    @Override
    public T produce(CreationalContext<T> context) {
        return delegate.produce(context);
    }

    @Override
    public void dispose(T instance) {
        delegate.dispose(instance);
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return delegate.getInjectionPoints();
    }
}
