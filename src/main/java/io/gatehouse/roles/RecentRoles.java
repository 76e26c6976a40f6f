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

    private static final int PLACES = 512;
    private static final int LARGEST = 64;

    /** The hash of a set is a sum, and the sums of similar sets are close to each other. */
    private static final int SPREAD = 0x9E3779B9;

    /** In pairs: what is new gets the second place, and the first when it is met again. */
    private final AtomicReferenceArray<@Nullable Set<String>> places = new AtomicReferenceArray<>(PLACES);

    /** An unmodifiable set of these roles, which takes no more memory than it has to. */
    Set<String> of(Set<String> roles) {
        Set<String> compact = Set.copyOf(roles);
        if (compact.size() > LARGEST) {
            return compact;
        }
        int place = ((compact.hashCode() * SPREAD) >>> 16) & (PLACES - 2);
        Set<String> first = places.get(place);
        if (compact.equals(first)) {
            return first;
        }
        Set<String> second = places.get(place + 1);
        if (compact.equals(second)) {
            places.set(place + 1, first);
            places.set(place, second);
            return second;
        }
        places.set(first == null ? place : place + 1, compact);
        return compact;
    }
}
