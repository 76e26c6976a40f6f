package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionalApiTest {

    @ParameterizedTest
    @EnumSource
    void isSeenWhereItIsThere(OptionalApi api) {
        assertThat(api.isSeenBy(OptionalApiTest.class.getClassLoader())).isTrue();
        assertThat(api.isSeenBy(ClassLoader.getPlatformClassLoader())).isFalse();
    }
}
