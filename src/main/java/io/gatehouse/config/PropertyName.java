package io.gatehouse.config;

import java.util.Optional;

/** A property's name, in which one part in angle brackets may be of the user's choice. */
record PropertyName(String template) {

    /** The part of the name that stands before a name of the user's choice; the whole name where there is none. */
    String prefix() {
        int placeholder = template.indexOf('<');
        return placeholder < 0 ? template : template.substring(0, placeholder);
    }

    /** The part of the name that stands behind a name of the user's choice; empty where there is none. */
    private String suffix() {
        int placeholder = template.indexOf('>');
        return placeholder < 0 ? "" : template.substring(placeholder + 1);
    }

    /** The whole name with a name of the user's choice in its place. */
    String with(String chosenName) {
        return prefix() + chosenName + suffix();
    }

    boolean matches(String name) {
        return template.equals(name) || chosenPart(name).isPresent();
    }

    /** What the user has put into the place of {@code <name>}; empty where this is another property. */
    Optional<String> chosenPart(String name) {
        boolean fits = !prefix().equals(template)
                && name.startsWith(prefix())
                && name.endsWith(suffix())
                && name.length() > prefix().length() + suffix().length();
        return fits
                ? Optional.of(name.substring(prefix().length(), name.length() - suffix().length()))
                : Optional.empty();
    }
}
