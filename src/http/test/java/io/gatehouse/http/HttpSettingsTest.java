package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void haveBoundsByDefault() {
        assertThat(HttpSettings.defaults())
                .isEqualTo(new HttpSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), 1048576, false, null));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refuseTimesThatAreNotPositive(long seconds) {
        HttpSettings defaults = HttpSettings.defaults();
        Duration bad = Duration.ofSeconds(seconds);

        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withTimeouts(bad, SECOND, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withTimeouts(SECOND, bad, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withTimeouts(SECOND, SECOND, bad));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
    void refuseSizesOutOfBounds(int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSettings.defaults().withMaximumResponseSize(bytes));
    }
}
