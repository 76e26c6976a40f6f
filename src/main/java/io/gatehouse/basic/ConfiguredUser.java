package io.gatehouse.basic;

import java.util.Objects;
import java.util.Set;

/** What the configuration says about one user. */
public record ConfiguredUser(StoredPassword password, Set<String> groups) {
    public ConfiguredUser {
        Objects.requireNonNull(password);
        groups = Set.copyOf(groups);
    }
}
