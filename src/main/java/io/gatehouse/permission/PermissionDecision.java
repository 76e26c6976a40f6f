package io.gatehouse.permission;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** What came of a question about a permission. Only {@link Allowed} lets anybody pass. */
public sealed interface PermissionDecision {

    /** Calls the function that fits this decision; every case has to be given. */
    <T> T match(
            Supplier<? extends T> allowed,
            Supplier<? extends T> denied,
            Function<? super Unavailable, ? extends T> unavailable);

    /** The caller has the permission. */
    record Allowed() implements PermissionDecision {
        @Override
        public <T> T match(
                Supplier<? extends T> allowed,
                Supplier<? extends T> denied,
                Function<? super Unavailable, ? extends T> unavailable) {
            return allowed.get();
        }
    }

    /** The caller has not. */
    record Denied() implements PermissionDecision {
        @Override
        public <T> T match(
                Supplier<? extends T> allowed,
                Supplier<? extends T> denied,
                Function<? super Unavailable, ? extends T> unavailable) {
            return denied.get();
        }
    }

    /**
     * Nobody can tell now: out of reach, not understood, or we may not ask.
     *
     * @param retryAfter when another attempt makes sense
     */
    record Unavailable(Duration retryAfter) implements PermissionDecision {
        @Override
        public <T> T match(
                Supplier<? extends T> allowed,
                Supplier<? extends T> denied,
                Function<? super Unavailable, ? extends T> unavailable) {
            return unavailable.apply(this);
        }
    }
}
