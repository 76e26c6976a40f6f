package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredApiTest {

    private static final ClassLoader ALL = RequiredApiTest.class.getClassLoader();

    private static ClassLoader without(String types) {
        return new ClassLoader(ALL) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith(types)) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
    }

    @Test
    void isThereAsARule() {
        assertThat(RequiredApi.missingFrom(ALL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"jakarta.servlet., servlet-6.0", "jakarta.security., jakarta.security.enterprise-api"})
    void isNamedWhereItIsMissing(String types, String remedy) {
        assertThat(RequiredApi.missingFrom(without(types)).orElseThrow())
                .startsWith("GATE0011 ")
                .contains(remedy);
    }
}
