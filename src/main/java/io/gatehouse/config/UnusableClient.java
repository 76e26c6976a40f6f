package io.gatehouse.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A client that nobody of this application has asked for, and that cannot be used: the environment is everybody's on the
 * server, and what is wrong with it must not stop applications that have no use for it. Immutable.
 *
 * @param problems at least one; no secret is in them
 */
record UnusableClient(String name, List<ConfigProblem> problems) {

    UnusableClient {
        problems = List.copyOf(problems);
    }

    /** What is wrong, in one line. */
    String reason() {
        return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; "));
    }
}
