package io.gatehouse.permission;

import java.time.Duration;
import java.util.function.Function;

/**
 * What came of a question to the server.
 *
 * @param <T> what was asked for
 */
sealed interface Answer<T> {

    /** Calls the function that fits. */
    <R> R match(Function<? super T, ? extends R> given, Function<? super Duration, ? extends R> notGiven);

    /** An answer. */
    record Given<T>(T value) implements Answer<T> {
        @Override
        public <R> R match(Function<? super T, ? extends R> given, Function<? super Duration, ? extends R> notGiven) {
            return given.apply(value);
        }
    }

    /** None, for now. */
    record NotGiven<T>(Duration retryAfter) implements Answer<T> {
        @Override
        public <R> R match(Function<? super T, ? extends R> given, Function<? super Duration, ? extends R> notGiven) {
            return notGiven.apply(retryAfter);
        }
    }
}
