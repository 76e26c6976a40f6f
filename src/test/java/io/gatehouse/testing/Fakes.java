package io.gatehouse.testing;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Hand-written fakes of large interfaces: the methods that a test names answer, every other call is a failure. */
public final class Fakes {

    /** What a method does; its arguments are empty where it takes none. */
    @FunctionalInterface
    public interface Answer {
        Object to(Object... arguments) throws Throwable;
    }

    private Fakes() {}

    /** An object of the type whose methods of these names answer so. */
    public static <T> T of(Class<T> type, Map<String, Answer> answers) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer(answers, method, arguments == null ? new Object[0] : arguments));
        return type.cast(proxy);
    }

    private static Object answer(Map<String, Answer> answers, Method method, Object[] arguments) throws Throwable {
        Answer answer = answers.get(method.getName());
        if (answer == null) {
            throw new AssertionError("not expected: " + method);
        }
        return answer.to(arguments);
    }
}
