package io.gatehouse.roles;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what a {@link GroupsFile} grants, and what is wrong with it. For one thread. */
final class GroupsFileReader {

    private static final String TABLE = "OAuth";

    /** The names may be any; without the colon, so that no two permissions are one role. */
    private static final Pattern PERMISSION =
            Pattern.compile("\\(\\s*([A-Za-z0-9_.-]+)\\s*,\\s*([A-Za-z0-9_.-]+)\\s*\\)");

    private final Map<String, Set<String>> granted = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    GroupsFile read(Map<String, Object> members) {
        if (members.get(TABLE) instanceof Map<?, ?> table) {
            table.forEach((role, permissions) -> readRole((String) role, permissions));
        } else {
            problems.add("has no object \"" + TABLE + "\" that lists roles and their permissions");
        }
        return problems.isEmpty() ? new GroupsFile.Granted(granted) : new GroupsFile.Unusable(problems);
    }

    private void readRole(String role, Object permissions) {
        if (!RoleName.isPlain(role)) {
            problems.add("\"" + RoleName.shown(role) + "\" cannot be the name of a role");
        }
        if (!(permissions instanceof List<?> elements)) {
            problems.add("the permissions of \"" + RoleName.shown(role) + "\" are not in an array");
            return;
        }
        Set<String> roles = new LinkedHashSet<>();
        elements.forEach(element -> permission(element)
                .ifPresentOrElse(
                        roles::add,
                        () -> problems.add("a permission of \"" + RoleName.shown(role)
                                + "\" does not look like \"(time_series, read)\"")));
        granted.put(role, Set.copyOf(roles));
    }

    private static Optional<String> permission(Object element) {
        if (!(element instanceof String text)) {
            return Optional.empty();
        }
        Matcher permission = PERMISSION.matcher(text.strip());
        return permission.matches() ? Optional.of(permission.group(1) + ":" + permission.group(2)) : Optional.empty();
    }
}
