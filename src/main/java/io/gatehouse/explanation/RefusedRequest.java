package io.gatehouse.explanation;

import io.gatehouse.token.AccessToken;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request that is refused. Immutable.
 *
 * @param token what it brought; null where it brought none, or none that could be read
 * @param groups those of the caller, asked for only if somebody will see them
 * @param resource the method of the application that it was for; null where it did not get so far
 */
public record RefusedRequest(
        @Nullable AccessToken token,
        Supplier<Set<String>> groups,
        @Nullable String resource) {

    /** One that nobody is known to have made. */
    public static RefusedRequest of(@Nullable AccessToken token) {
        return new RefusedRequest(token, Set::of, null);
    }
}
