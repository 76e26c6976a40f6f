package io.gatehouse.benchmarks.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.benchmarks.report.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That all tokens are remembered, the run itself looks after; how much memory they take, no test says. */
class MemoryTableTest {

    @Test
    void hasARowForEachThingThatIsRemembered() {
        String table = MemoryTable.run(Options.of(List.of("--tokens=300")));

        assertThat(table.lines().map(line -> line.split("\\|")[1].strip()))
                .hasSize(5)
                .endsWith("validated", "roles read once", "name and groups read each time");
    }
}
