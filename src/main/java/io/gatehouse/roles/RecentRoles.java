package io.gatehouse.roles;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The sets of roles that callers had lately: many have the same, and the tokens that are remembered need not keep it once
 * for each. Bounded in count and size; a set that takes the place of another is no more than kept twice.
 *
 * <p>Thread-safe, without a lock.
 */
final class RecentRoles {

    private static final int PLACES = 256;
    private static final int LARGEST = 64;

    private final AtomicReferenceArray<@Nullable Set<String>> places = new AtomicReferenceArray<>(PLACES);

    /** An unmodifiable set of these roles, which takes no more memory than it has to. */
    Set<String> of(Set<String> roles) {
        Set<String> compact = Set.copyOf(roles);
        if (compact.size() > LARGEST) {
            return compact;
        }
        int hash = compact.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Set<String> known = places.get(place);
        if (known != null && known.equals(compact)) {
            return known;
        }
        places.set(place, compact);
        return compact;
    }
}
