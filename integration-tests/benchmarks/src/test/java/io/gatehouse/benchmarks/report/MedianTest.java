package io.gatehouse.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void isTheMiddleValueOrBetweenTheTwoInTheMiddle() {
        assertThat(Median.of(9, 1, 2)).isEqualTo(2);
        assertThat(Median.of(4, 1, 2, 9)).isEqualTo(3);
    }

    @Test
    void takesRatiosRoundByRound() {
        List<Double> own = List.of(2.0, 40.0, 3.0);
        List<Double> floor = List.of(1.0, 20.0, 1.0);

        assertThat(Median.ofRatios(own, floor, Double::doubleValue)).isEqualTo(2);
    }

    @Test
    void isADashInTheTableWhereSomebodyDidNotTakePart() {
        assertThat(Table.number(Median.ofRatios(null, List.of(1.0), Double::doubleValue), 2))
                .isEqualTo("–");
    }
}
