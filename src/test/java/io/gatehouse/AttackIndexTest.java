package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/attacks.md names the tests that hold each attack off: all of them are there, and no attack is without. */
class AttackIndexTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (P?\\d+) \\|.*$");
    private static final Pattern REFERENCE = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final List<Path> TESTS = List.of(
            Path.of("test", "java"),
            Path.of("http", "test", "java"),
            Path.of("..", "integration-tests", "liberty", "src", "test", "java"),
            Path.of("..", "integration-tests", "fuzz", "src", "test", "java"));

    private static String index;

    @BeforeAll
    static void read() throws IOException {
        index = Files.readString(Path.of("..", "docs", "attacks.md"));
    }

    @Test
    void namesTestsThatAreThere() throws IOException {
        Map<String, String> sources = sources();

        assertThat(REFERENCE.matcher(index).results().toList())
                .hasSizeGreaterThan(150)
                .allSatisfy(reference -> assertThat(sources.getOrDefault(reference.group(1), "no such class"))
                        .as(reference.group())
                        .containsPattern("(void|Stream<DynamicTest>) " + reference.group(2) + "\\("));
    }

    @Test
    void namesATestForEachAttack() {
        assertThat(ROW.matcher(index).results().map(MatchResult::group).toList())
                .allSatisfy(row -> assertThat(row).containsPattern(REFERENCE));
    }

    @Test
    void leavesNoAttackOut() {
        List<String> numbers = Stream.of(
                        numbers(1, 17, ""),
                        numbers(20, 31, ""),
                        numbers(40, 54, ""),
                        numbers(60, 76, ""),
                        numbers(80, 96, ""),
                        numbers(100, 107, ""),
                        numbers(110, 127, ""),
                        numbers(1, 27, "P"))
                .flatMap(each -> each)
                .toList();

        assertThat(ROW.matcher(index).results().map(row -> row.group(1)).toList())
                .isEqualTo(numbers);
    }

    private static Stream<String> numbers(int first, int last, String prefix) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> prefix + number);
    }

    private static Map<String, String> sources() throws IOException {
        Stream<Path> files = Stream.empty();
        for (Path folder : TESTS) {
            files = Stream.concat(files, Files.walk(folder));
        }
        try (Stream<Path> all = files) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            AttackIndexTest::text,
                            String::concat));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
