package io.gatehouse.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Names values in a claims set, such as {@code realm_access.roles}, or {@code contexts[].roles} for those of all objects
 * of an array. Names may hold dots themselves ({@code https://example.com/roles}, {@code resource_access.my.api.roles}):
 * where there is a member of the longer name, it comes before one that the dots lead to.
 *
 * <p>Immutable; made once and used for many tokens: all names that the text can mean are put together beforehand.
 */
public final class ClaimPath {

    /** Longer paths name nothing that exists, and would take long to look for. */
    private static final int MAXIMUM_NAMES = 16;

    private final String text;

    /** By the place in the path where the name begins: the longest name first. */
    private final List<List<Step>> steps;

    /**
     * A name that a member of an object may have.
     *
     * @param array the name of a member whose elements are to be walked into; null where it does not end in {@code []}
     * @param next the place in the path behind it
     */
    private record Step(String name, @Nullable String array, int next) {
        static Step of(List<String> names, int from, int to) {
            String name = String.join(".", names.subList(from, to));
            return new Step(name, name.endsWith("[]") ? name.substring(0, name.length() - 2) : null, to);
        }
    }

    private ClaimPath(String text, List<List<Step>> steps) {
        this.text = text;
        this.steps = steps;
    }

    /** The path of this text; of more than 16 names it is one name, dots and all. */
    public static ClaimPath of(String text) {
        List<String> split = List.of(text.split("\\.", -1));
        List<String> names = split.size() > MAXIMUM_NAMES ? List.of(text) : split;
        List<List<Step>> steps = new ArrayList<>();
        for (int from = 0; from < names.size(); from++) {
            List<Step> here = new ArrayList<>();
            for (int to = names.size(); to > from; to--) {
                here.add(Step.of(names, from, to));
            }
            steps.add(List.copyOf(here));
        }
        return new ClaimPath(text, List.copyOf(steps));
    }

    /** The path as it was written. */
    public String text() {
        return text;
    }

    /** The values at this place: one at most, unless the path leads through an array. */
    public List<Object> values(ClaimsSet claims) {
        List<Object> found = new ArrayList<>(1);
        walkInto(claims::get, steps.get(0), found);
        return found;
    }

    private void walk(Object value, int from, List<Object> found) {
        if (from == steps.size()) {
            found.add(value);
        } else if (value instanceof Map<?, ?> members) {
            walkInto(members::get, steps.get(from), found);
        }
    }

    private void walkInto(Function<String, @Nullable Object> members, List<Step> names, List<Object> found) {
        for (Step step : names) {
            Object member = members.apply(step.name());
            if (member != null) {
                walk(member, step.next(), found);
                return;
            }
            if (step.array() != null && members.apply(step.array()) instanceof List<?> elements) {
                elements.forEach(element -> walk(element, step.next(), found));
                return;
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
