package io.gatehouse.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param property the name of the property
 * @param problem what is wrong, with the value unless that is a secret, and what would be right
 */
public record ConfigProblem(String property, String problem) {
    @Override
    public String toString() {
        return property + ": " + problem;
    }
}
