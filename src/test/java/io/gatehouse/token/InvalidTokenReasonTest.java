package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvalidTokenReasonTest {

    @ParameterizedTest
    @EnumSource
    void hasATextThatCanStandInAChallenge(InvalidTokenReason reason) {
        assertThat(reason.description()).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    }

    @Test
    void hasATextOfItsOwn() {
        assertThat(Arrays.stream(InvalidTokenReason.values()).map(InvalidTokenReason::description))
                .doesNotHaveDuplicates();
    }
}
