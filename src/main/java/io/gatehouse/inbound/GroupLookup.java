package io.gatehouse.inbound;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/** Finds out elsewhere which further groups a caller has. Implementations are thread-safe. */
@FunctionalInterface
public interface GroupLookup {

    /** The groups, none for callers of whom nothing is known; empty where nobody can tell now. */
    Optional<Set<String>> groups(Principal caller);
}
