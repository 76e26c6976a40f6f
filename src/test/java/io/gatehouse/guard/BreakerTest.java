package io.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {

    private static final int THRESHOLD = 3;

    /** Real time, which it goes by, is not waited for: the test says when the pause is over. */
    private final CircuitBreaker<Object> circuit = Breaker.circuit(THRESHOLD, Duration.ofDays(1));

    private final Breaker breaker = new Breaker(circuit);
    private final List<String> told = new ArrayList<>();
    private final Breaker.Ending<String> ending =
            new Breaker.Ending<>("broken off", result -> !result.equals("well"), told::add);

    private Optional<String> call(String result) {
        return breaker.call(() -> result, ending);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(call("ill")).contains("ill");
        }
    }

    /** What came of calls in order: w(ell), i(ll) or (b)roken off. */
    @ParameterizedTest
    @CsvSource({
        "'',       true,  false",
        "w,        true,  false",
        "ii,       true,  false",
        "iii,      false, true",
        "bbb,      false, true",
        "ibi,      false, true",
        "iiwii,    true,  false",
        "iiwiii,   false, true"
    })
    void leavesAServerAloneAfterFailuresInARow(String results, boolean closed, boolean alone) {
        for (char result : results.toCharArray()) {
            switch (result) {
                case 'w' -> call("well");
                case 'i' -> call("ill");
                default -> breakOff();
            }
        }

        assertThat(breaker.isClosed()).isEqualTo(closed);
        assertThat(breaker.leavesAlone()).isEqualTo(alone);
        assertThat(call("well").isPresent()).isEqualTo(!alone);
    }

    private void breakOff() {
        assertThatThrownBy(() -> breaker.<String, InterruptedException>call(
                        () -> {
                            throw new InterruptedException("the thread is to end");
                        },
                        ending))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void tellsOfEachCallAndOfNoneThatWasNotMade() {
        call("well");
        breakOff();
        fail(2);
        call("well");

        assertThat(told).containsExactly("well", "broken off", "ill", "ill");
    }

    @Test
    void goesOnWhenTheCallAfterThePauseDoesWell() {
        fail(THRESHOLD);
        circuit.halfOpen();
        assertThat(breaker.leavesAlone()).isFalse();
        assertThat(breaker.isClosed()).as("not known yet").isFalse();

        assertThat(call("well")).isPresent();

        assertThat(breaker.isClosed()).isTrue();
        fail(THRESHOLD - 1);
        assertThat(breaker.isClosed()).as("counts anew").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void pausesAgainWhenThatCallFails(boolean brokenOff) {
        fail(THRESHOLD);
        circuit.halfOpen();
        if (brokenOff) {
            breakOff();
        } else {
            fail(1);
        }

        assertThat(breaker.leavesAlone()).isTrue();
        assertThat(call("well")).isEmpty();
    }

    @Test
    void makesOneCallToFindOut() {
        fail(THRESHOLD);
        circuit.halfOpen();

        assertThat(breaker.call(
                        () -> {
                            assertThat(call("another meanwhile")).isEmpty();
                            return "well";
                        },
                        ending))
                .contains("well");
    }
}
