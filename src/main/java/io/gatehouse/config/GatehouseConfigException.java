package io.gatehouse.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; names every problem that was found. Stops the deployment. */
public final class GatehouseConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    GatehouseConfigException(List<ConfigProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the documentation. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(List<ConfigProblem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining("", "GATE0001 Gatehouse is not configured: " + count, ""));
    }
}
