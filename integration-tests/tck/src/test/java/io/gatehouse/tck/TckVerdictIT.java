package io.gatehouse.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import org.testng.annotations.Test;

/** Judges the run of the TCK: the build passes if every test ran and exactly the named ones failed. */
public class TckVerdictIT {

    /** The test methods of TCK 2.1, mandatory and optional groups together. */
    private static final int TESTS = 214;

    private final TckReport report = TckReport.read(Path.of(System.getProperty("tck.reports")));

    @Test
    public void everyTestOfTheTckRan() {
        assertThat(report.run()).hasSize(TESTS);
    }

    @Test
    public void noTestWasSkipped() {
        assertThat(report.skipped()).isEmpty();
    }

    /** A named test that passes is news as well: the list and the documentation then claim too little. */
    @Test
    public void exactlyTheNamedTestsFailed() throws IOException {
        Properties named = new Properties();
        try (InputStream list = TckVerdictIT.class.getResourceAsStream("/known-failures.properties")) {
            named.load(list);
        }
        assertThat(report.failed()).isEqualTo(named.stringPropertyNames());
        System.out.printf(
                "MicroProfile JWT TCK: %d of %d tests passed, %d named failures %s%n",
                report.run().size() - report.failed().size(), TESTS, named.size(), named.keySet());
    }
}
