package io.gatehouse.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.token.InvalidTokenReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RefusalCodeTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(GATE-[A-Z-]+)` \\| (\\d{3}) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern PROPERTY = Pattern.compile("(?:gatehouse|mp\\.jwt)(?:\\.(?:[a-z][a-z-]*|<[a-z]+>))+");

    private static List<MatchResult> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "refusals.md")).stream()
                .flatMap(line -> ROW.matcher(line).results())
                .toList();
    }

    private static Set<String> propertiesIn(String text) {
        return PROPERTY.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void theDocumentationListsTheSameCodesInTheSameWords() throws IOException {
        assertThat(rows())
                .extracting(row -> row.group(1) + ": " + row.group(3))
                .containsExactlyElementsOf(Arrays.stream(RefusalCode.values())
                        .map(code -> code.text() + ": " + code.meaning())
                        .toList());
    }

    @Test
    void theDocumentationNamesThePropertiesThatTheCodePointsTo() throws IOException {
        List<MatchResult> rows = rows();
        for (RefusalCode code : RefusalCode.values()) {
            MatchResult row = rows.get(code.ordinal());
            assertThat(propertiesIn(row.group(4))).as(code.text()).containsAll(propertiesIn(code.remedy()));
        }
    }

    /** A code that is given up may not come back with another meaning: so it is not taken off the list, but marked there. */
    @Test
    void eachCodeHasATextOfItsOwn() {
        assertThat(RefusalCode.values()).extracting(RefusalCode::text).doesNotHaveDuplicates();
        assertThat(RefusalCode.values()).extracting(RefusalCode::meaning).doesNotHaveDuplicates();
    }

    @Test
    void eachReasonToRefuseATokenHasACodeOfItsOwn() {
        assertThat(InvalidTokenReason.values())
                .extracting(RefusalCode::of)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }
}
