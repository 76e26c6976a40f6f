package io.gatehouse.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterleavedTest {

    private static final Plan SHORT = new Plan(3, Duration.ofMillis(1), Duration.ofMillis(1), 2, 7);

    @Test
    void givesEverybodyOneSampleARoundWithTheBytesOfOneOperation() {
        Candidate small = new Candidate("small", (i, sink) -> sink.consume(new byte[1_000]));
        Candidate large = new Candidate("large", (i, sink) -> sink.consume(new byte[100_000]));

        Map<Candidate, List<Sample>> measured = Interleaved.measure(List.of(small, large), SHORT);

        assertThat(measured.get(small)).hasSize(3).allMatch(sample -> sample.bytes() < 50_000);
        assertThat(measured.get(large)).hasSize(3).allMatch(sample -> sample.bytes() >= 100_000);
    }

    @Test
    void endsWhenSomebodyIsWrong() {
        Candidate wrong = new Candidate("wrong", (i, sink) -> {
            throw new IllegalStateException("takes a bad token");
        });

        assertThatThrownBy(() -> Interleaved.measure(List.of(wrong), SHORT)).hasMessageContaining("bad token");
    }
}
