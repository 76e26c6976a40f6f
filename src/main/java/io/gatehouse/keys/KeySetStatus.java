package io.gatehouse.keys;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a remote key set is doing, at one moment.
 *
 * @param location where it is fetched from
 * @param withinReach whether the last attempt brought keys; true before the first one
 * @param keys how many keys there are; zero before the first fetch
 * @param lastSuccessAt when the fetch started that brought them; null before the first
 * @param lastError what was wrong with the last attempt that failed; holds no secret; null where none has
 * @param lastErrorAt when that was
 * @param nextFetchAt when the next fetch may be made, if one is wanted
 */
public record KeySetStatus(
        URI location,
        boolean withinReach,
        int keys,
        @Nullable Instant lastSuccessAt,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        Instant nextFetchAt) {

    /** The status of keys, where they are remote. */
    public static Optional<KeySetStatus> of(VerificationKeys keys) {
        return keys instanceof RemoteJwkSet remote ? Optional.of(remote.status()) : Optional.empty();
    }
}
