package io.gatehouse.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parameters of a form post ({@code application/x-www-form-urlencoded}, RFC 6749 appendix B), in the order in which
 * they were added. Values are secrets as often as not, so {@link #toString()} shows names only.
 *
 * <p>Immutable.
 */
public final class FormBody {

    private record Parameter(String name, String value) {
        String encoded() {
            return encode(name) + '=' + encode(value);
        }
    }

    private final List<Parameter> parameters;

    private FormBody(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** A form without parameters, to begin with. */
    public static FormBody empty() {
        return new FormBody(List.of());
    }

    /** This form and one more parameter; a name may come more than once. */
    public FormBody with(String name, String value) {
        List<Parameter> longer = new ArrayList<>(parameters);
        longer.add(new Parameter(name, value));
        return new FormBody(longer);
    }

    /** The values by name, not encoded, in the order in which they were added; secrets among them. */
    public Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            values.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
        }
        return values;
    }

    /** Percent-encodes a name or value as UTF-8; a blank becomes a plus sign. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return parameters.stream()
                .map(Parameter::encoded)
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "FormBody" + parameters.stream().map(Parameter::name).toList();
    }
}
