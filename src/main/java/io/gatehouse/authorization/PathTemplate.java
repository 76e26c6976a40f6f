package io.gatehouse.authorization;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The value of {@code @Path} as JAX-RS matches it: literal characters, and parameters such as <code>{id: [0-9]+}</code>
 * (Jakarta RESTful Web Services 3.1 §3.4). Immutable.
 *
 * @param expression a regular expression
 */
record PathTemplate(String expression, int literals, int parameters, int expressions) {

    /** The order in which JAX-RS prefers templates that match (§3.7.2): the last one is the best. */
    static final Comparator<PathTemplate> PREFERENCE = Comparator.comparingInt(PathTemplate::literals)
            .thenComparingInt(PathTemplate::parameters)
            .thenComparingInt(PathTemplate::expressions);

    private static final String SEGMENT = "[^/]+?";

    static PathTemplate of(String template) {
        String text = template.replaceAll("^/+|/+$", "");
        StringBuilder expression = new StringBuilder();
        int literals = 0;
        int parameters = 0;
        int expressions = 0;
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == '{') {
                int end = endOfParameter(text, i);
                String parameter = text.substring(i + 1, end);
                int colon = parameter.indexOf(':');
                expression
                        .append("(?:")
                        .append(
                                colon < 0
                                        ? SEGMENT
                                        : parameter.substring(colon + 1).strip())
                        .append(')');
                parameters++;
                expressions += colon < 0 ? 0 : 1;
                i = end + 1;
            } else {
                expression.append(Pattern.quote(text.substring(i, i + 1)));
                literals++;
                i++;
            }
        }
        return new PathTemplate(expression.toString(), literals, parameters, expressions);
    }

    /** Braces nest: <code>{year: [0-9]{4}}</code>. */
    private static int endOfParameter(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a brace that is not closed");
    }

    /** This template after another one's expression. */
    String after(String prefix) {
        return prefix.isEmpty() || expression.isEmpty() ? prefix + expression : prefix + "/" + expression;
    }
}
