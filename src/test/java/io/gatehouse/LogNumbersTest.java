package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks for a number of the log in the documentation, or watches for it, means one thing. */
class LogNumbersTest {

    private static final Pattern MESSAGE = Pattern.compile("\"(GATE\\d{4}) ([^\"]+)");

    @Test
    void belongToOneMessageEach() throws IOException {
        Map<String, Set<String>> messages = new TreeMap<>();
        for (Path source : sources()) {
            MESSAGE.matcher(Files.readString(source)).results().forEach(found -> add(found, messages));
        }

        assertThat(messages)
                .hasSizeGreaterThan(50)
                .allSatisfy((number, texts) -> assertThat(texts).as(number).hasSize(1));
    }

    private static void add(MatchResult found, Map<String, Set<String>> messages) {
        messages.computeIfAbsent(found.group(1), number -> new TreeSet<>()).add(found.group(2));
    }

    private static Iterable<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
