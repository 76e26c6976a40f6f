package io.gatehouse.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The strings of an array claim. Pure. */
final class ClaimStrings {

    private ClaimStrings() {}

    /** Those among the elements, which are unmodifiable: the very list, where there is nothing else in it. */
    @SuppressWarnings("unchecked") // looked at one by one
    static List<String> among(List<?> elements) {
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof String)) {
                return picked(elements);
            }
        }
        return (List<String>) elements;
    }

    private static List<String> picked(List<?> elements) {
        List<String> strings = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (element instanceof String text) {
                strings.add(text);
            }
        }
        return Collections.unmodifiableList(strings);
    }
}
