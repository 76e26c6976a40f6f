package io.gatehouse.basic;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How callers are tried as clients of an authorization server.
 *
 * @param tokenEndpoint where
 * @param scope what they have to be given there, or null where any token will do
 * @param groups what they get here
 * @param prefix stands before a client's id in its name here, so that no user has the same
 */
public record ClientSettings(URI tokenEndpoint, @Nullable String scope, Set<String> groups, String prefix) {
    public ClientSettings {
        Objects.requireNonNull(tokenEndpoint);
        groups = Set.copyOf(groups);
        Objects.requireNonNull(prefix);
    }
}
