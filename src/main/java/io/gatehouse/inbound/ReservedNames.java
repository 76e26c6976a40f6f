package io.gatehouse.inbound;

import java.util.regex.Pattern;

/** Names that Open Liberty reads as something other than a name. A token must not be able to say them. Pure. */
final class ReservedNames {

    /** Its name for nobody. Two of its parts compare it differently, and what gets in between is given a session. */
    private static final String NOBODY = "UNAUTHENTICATED";

    /** A group in the notation of its access ids, {@code group:realm/name}: whoever is in it is in {@code name}. */
    private static final Pattern GROUP_ACCESS_ID = Pattern.compile("group:[^/]+/.+");

    private ReservedNames() {}

    static boolean isCaller(String name) {
        return name.equalsIgnoreCase(NOBODY);
    }

    static boolean isGroup(String name) {
        return GROUP_ACCESS_ID.matcher(name).matches();
    }
}
