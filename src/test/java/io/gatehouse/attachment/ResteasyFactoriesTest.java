package io.gatehouse.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.WeakHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResteasyFactoriesTest {

    private static final ClassLoader OURS = ResteasyFactoriesTest.class.getClassLoader();

    /** Weak keys, as there: the loaders have to live as long as the test. */
    private final ClassLoader forThreads = new ClassLoader(OURS) {};

    private final ClassLoader another = new ClassLoader(null) {};

    @AfterEach
    void empty() {
        FakeRegisterBuiltin.configuredClientFactories.clear();
    }

    @Test
    void forgetsWhatIsKeptForThisApplicationAndForNoOther() throws ReflectiveOperationException {
        FakeRegisterBuiltin.configuredClientFactories.put(OURS, "ours");
        FakeRegisterBuiltin.configuredClientFactories.put(forThreads, "ours, by the loader of a thread");
        FakeRegisterBuiltin.configuredClientFactories.put(another, "another's");

        ResteasyFactories.forgetIn(FakeRegisterBuiltin.class);

        assertThat(FakeRegisterBuiltin.configuredClientFactories).containsOnlyKeys(another);
    }

    @Test
    void takesKeysThatItDoesNotKnow() throws ReflectiveOperationException {
        FakeRegisterBuiltin.configuredClientFactories.put("text", "of a RESTEasy that has changed");
        FakeRegisterBuiltin.configuredClientFactories.put(null, "of the runtime");

        ResteasyFactories.forgetIn(FakeRegisterBuiltin.class);

        assertThat(FakeRegisterBuiltin.configuredClientFactories).hasSize(2);
    }

    @Test
    void doesNothingWithAnotherImplementation() {
        assertThatCode(ResteasyFactories::forget).doesNotThrowAnyException();
        assertThatThrownBy(() -> ResteasyFactories.forgetIn(Other.class)).isInstanceOf(NoSuchFieldException.class);
    }

    /** The member that is looked for, under the name that RESTEasy gave it. */
    private static final class FakeRegisterBuiltin {
        private static final Map<Object, Object> configuredClientFactories = new WeakHashMap<>();
    }

    private static final class Other {}
}
