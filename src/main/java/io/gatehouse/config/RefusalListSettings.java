package io.gatehouse.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the last refusals are shown.
 *
 * @param path below the context path; null where they are shown nowhere
 * @param role what callers need to see them
 * @param count how many are remembered
 */
record RefusalListSettings(@Nullable String path, String role, int count) {

    static final int DEFAULT_COUNT = 100;

    static final int MAXIMUM_COUNT = 10_000;

    /** Nowhere, and none. */
    static RefusalListSettings off() {
        return new RefusalListSettings(null, "", 0);
    }
}
