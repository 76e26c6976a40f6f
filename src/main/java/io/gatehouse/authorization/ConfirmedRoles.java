package io.gatehouse.authorization;

import java.security.Principal;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The roles of one caller that the container confirmed within the last second: to ask it takes long, and callers come back.
 * A role that it denies is asked for anew each time, and so is everybody's but this caller's. Thread-safe.
 */
public final class ConfirmedRoles {

    /** A policy outside of the application may change: a server asks it again this soon. */
    static final Duration LIFETIME = Duration.ofSeconds(1);

    private static final int MOST_ROLES = 16;

    private final Principal caller;

    private volatile @Nullable Confirmed confirmed;

    private record Confirmed(Set<String> roles, long sinceNanos) {

        /** The older ones do not become younger by a new one. */
        Confirmed with(String role) {
            return new Confirmed(
                    Stream.concat(roles.stream(), Stream.of(role)).collect(Collectors.toUnmodifiableSet()), sinceNanos);
        }
    }

    /** Nothing confirmed yet. */
    public ConfirmedRoles(Principal caller) {
        this.caller = caller;
    }

    /** Whether this is the caller whose roles these are: the very object that the container was told. */
    @SuppressWarnings("ReferenceEquality")
    public boolean areOf(@Nullable Principal principal) {
        return principal == caller;
    }

    /**
     * Whether the caller has this role.
     *
     * @param container is asked where it did not confirm the role just now
     * @param nanos the time, on a clock that goes on
     */
    boolean contain(String role, Predicate<String> container, long nanos) {
        Confirmed known = fresh(confirmed, nanos);
        if (known.roles().contains(role)) {
            return true;
        }
        boolean has = container.test(role);
        if (has && known.roles().size() < MOST_ROLES) {
            confirmed = known.with(role);
        }
        return has;
    }

    private static Confirmed fresh(@Nullable Confirmed known, long nanos) {
        return known != null && nanos - known.sinceNanos() < LIFETIME.toNanos()
                ? known
                : new Confirmed(Set.of(), nanos);
    }
}
