package io.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.json.JsonParser;
import io.gatehouse.refusal.RefusalCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who copies the dashboard or an alert looks at figures that there are. */
class MonitoringDocumentationTest {

    private static final Pattern PROMETHEUS_NAME = Pattern.compile("gatehouse_[a-z_]+");
    private static final Pattern CODE = Pattern.compile("GATE-[A-Z-]+[A-Z]");

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..", "docs", file));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> prometheusNames() {
        return Arrays.stream(Metric.values())
                .flatMap(metric -> metric.prometheusNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitoring.md", "grafana-dashboard.json"})
    void namesFiguresAndCodesThatThereAre(String file) throws IOException {
        assertThat(found(PROMETHEUS_NAME, text(file))).isNotEmpty().isSubsetOf(prometheusNames());
        assertThat(found(CODE, text(file)))
                .isNotEmpty()
                .isSubsetOf(Arrays.stream(RefusalCode.values())
                        .map(RefusalCode::text)
                        .toList());
    }

    @Test
    void listsEveryFigureInItsOwnWords() throws IOException {
        String documentation = text("monitoring.md");
        for (Metric metric : Metric.values()) {
            assertThat(documentation)
                    .contains("| `" + metric.text() + "` | `" + String.join("`, `", metric.prometheusNames()) + "` |");
        }
        assertThat(found(PROMETHEUS_NAME, documentation)).containsAll(prometheusNames());
    }

    @Test
    void theDashboardIsJson() throws IOException {
        byte[] bytes = text("grafana-dashboard.json").getBytes(StandardCharsets.UTF_8);

        assertThat(JsonParser.parseObject(bytes).<Boolean>match(parsed -> true, malformed -> false))
                .isTrue();
    }
}
