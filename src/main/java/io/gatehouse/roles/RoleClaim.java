package io.gatehouse.roles;

import io.gatehouse.token.ClaimPath;
import io.gatehouse.token.ClaimsSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A claim that lists roles, and what becomes of the names in it.
 *
 * @param stripped the first of these that a name begins with is taken away from it
 * @param letterCase of what is left
 * @param prefix what is then put before it
 */
record RoleClaim(ClaimPath path, List<String> stripped, LetterCase letterCase, String prefix) {

    /** MicroProfile JWT 2.1 §4.1: an array, and nothing else. */
    private static final String STANDARD_GROUPS = "groups";

    /** RFC 6749 §3.3: a comma is part of a scope's name, and whoever may choose such a name must not get two of it. */
    private static final Set<String> SCOPES = Set.of("scope", "scp");

    RoleClaim {
        stripped = List.copyOf(stripped);
    }

    static RoleClaim of(String path, RoleSettings settings) {
        return new RoleClaim(
                ClaimPath.of(path),
                settings.strippedPrefixes().getOrDefault(path, List.of()),
                settings.letterCase(),
                settings.claimPrefixes().getOrDefault(path, ""));
    }

    /**
     * The strings of the array at this place, or the words of a string, which are separated by spaces or, but for those of
     * a scope, by commas; anything else holds no roles.
     */
    void read(ClaimsSet claims, Consumer<String> roles) {
        for (Object value : path.values(claims)) {
            if (value instanceof String words) {
                readWords(words, roles);
            } else if (value instanceof List<?> elements && elements.stream().allMatch(String.class::isInstance)) {
                elements.forEach(element -> name((String) element, roles));
            }
        }
    }

    private void readWords(String words, Consumer<String> roles) {
        if (path.text().equals(STANDARD_GROUPS)) {
            return;
        }
        char other = SCOPES.contains(path.text()) ? ' ' : ',';
        int from = 0;
        for (int at = 0; at <= words.length(); at++) {
            if (at == words.length() || words.charAt(at) == ' ' || words.charAt(at) == other) {
                name(words.substring(from, at), roles);
                from = at + 1;
            }
        }
    }

    /** Looked at before and after: what becomes of a name may mean more than the name did. */
    private void name(String text, Consumer<String> roles) {
        if (!RoleName.isPlain(text)) {
            return;
        }
        String rest = withoutPrefix(text);
        if (!rest.equals(text) && !RoleName.isPlain(rest)) {
            return;
        }
        String cased = letterCase.applied(rest);
        String role = prefix.isEmpty() ? cased : prefix + cased; // the same object, so that tokens can share it
        if (role.equals(rest) || RoleName.isPlain(role)) {
            roles.accept(role);
        }
    }

    private String withoutPrefix(String text) {
        for (String start : stripped) {
            if (text.startsWith(start)) {
                return text.substring(start.length());
            }
        }
        return text;
    }
}
