package io.gatehouse.basic;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is thought of a name and a password. Why they were refused is not said: that would be a hint. */
public sealed interface PasswordResult {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super Accepted, ? extends T> accepted,
            Supplier<? extends T> refused,
            Function<? super Unavailable, ? extends T> unavailable);

    /**
     * The password is right.
     *
     * @param caller what the caller is called here
     */
    record Accepted(String caller, Set<String> groups) implements PasswordResult {
        public Accepted {
            groups = Set.copyOf(groups);
        }

        @Override
        public <T> T match(
                Function<? super Accepted, ? extends T> accepted,
                Supplier<? extends T> refused,
                Function<? super Unavailable, ? extends T> unavailable) {
            return accepted.apply(this);
        }
    }

    /** There is no such caller, or the password is wrong. */
    record Refused() implements PasswordResult {
        @Override
        public <T> T match(
                Function<? super Accepted, ? extends T> accepted,
                Supplier<? extends T> refused,
                Function<? super Unavailable, ? extends T> unavailable) {
            return refused.get();
        }
    }

    /** Nobody can tell at the moment: a good password stays good. */
    record Unavailable(Duration retryAfter) implements PasswordResult {
        @Override
        public <T> T match(
                Function<? super Accepted, ? extends T> accepted,
                Supplier<? extends T> refused,
                Function<? super Unavailable, ? extends T> unavailable) {
            return unavailable.apply(this);
        }
    }
}
