package io.gatehouse.mpjwt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TravellingContextsTest {

    @Test
    void areImpossibleWithoutOneOfTheApis() {
        assertThat(TravellingContexts.arePossible(TravellingContextsTest.class.getClassLoader()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"org.eclipse.microprofile.context.ThreadContext", "jakarta.enterprise.concurrent.ContextService"
            })
    void arePossibleWithAny(String carrier) {
        ClassLoader application = new ClassLoader(TravellingContextsTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals(carrier)) {
                    return Object.class;
                }
                throw new ClassNotFoundException(name);
            }
        };
        assertThat(TravellingContexts.arePossible(application)).isTrue();
    }
}
