package io.gatehouse.permission;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a resource with path parameters of the request in it: {@code documents/{id}}. The value of a parameter is
 * percent-encoded as one segment, so that a caller cannot name a resource of another level: with {@code a/b c} for
 * {@code id}, the resource is {@code documents/a%2Fb%20c}.
 *
 * <p>Immutable.
 */
public final class ResourceTemplate {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*(\\w[\\w.-]*)\\s*}");

    private final String template;
    private final Set<String> parameters = new LinkedHashSet<>();

    private ResourceTemplate(String template) {
        this.template = template;
        Matcher matcher = PARAMETER.matcher(template);
        while (matcher.find()) {
            parameters.add(matcher.group(1));
        }
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is blank, or has braces without the name of a parameter in them
     */
    public static ResourceTemplate of(String template) {
        String literal = PARAMETER.matcher(template).replaceAll("");
        if (template.isBlank() || literal.contains("{") || literal.contains("}")) {
            throw new IllegalArgumentException("\"" + template + "\" is no template of a resource");
        }
        return new ResourceTemplate(template);
    }

    /**
     * The resource that a request is about; empty where the caller gave a value that no resource has in its name.
     *
     * @param pathParameters decoded, as JAX-RS hands them out
     * @throws IllegalStateException if the path of the request has no such parameter, or several that differ
     */
    public Optional<String> resource(Map<String, List<String>> pathParameters) {
        StringBuilder resource = new StringBuilder();
        Matcher matcher = PARAMETER.matcher(template);
        int written = 0;
        while (matcher.find()) {
            Optional<String> segment = PercentEncoding.READABLE.segment(only(matcher.group(1), pathParameters));
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            resource.append(template.substring(written, matcher.start())).append(segment.get());
            written = matcher.end();
        }
        return Optional.of(resource.append(template.substring(written)).toString());
    }

    /** A sub-resource may have a parameter of the same name as its parent: nobody knows which one is meant. */
    private String only(String name, Map<String, List<String>> pathParameters) {
        List<String> values =
                pathParameters.getOrDefault(name, List.of()).stream().distinct().toList();
        if (values.size() != 1) {
            throw new IllegalStateException("the path has " + values.size() + " values for {" + name + "} of the"
                    + " resource \"" + template + "\"");
        }
        return values.get(0);
    }

    /** The names of the path parameters. */
    public Set<String> parameters() {
        return Set.copyOf(parameters);
    }

    @Override
    public String toString() {
        return template;
    }
}
