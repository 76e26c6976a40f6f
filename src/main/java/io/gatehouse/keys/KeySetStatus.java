package io.gatehouse.keys;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a key set that may change is doing, at one moment.
 *
 * @param location where it comes from: a URL, a file, a directory
 * @param withinReach whether the last attempt to read it went well; true before the first one
 * @param keys how many keys there are; zero before the first fetch. Those of a remote set may be too old to be used
 * @param lastSuccessAt when the attempt started that brought them; of several files, that of the one that was read in
 *     order the longest time ago; null before the first
 * @param lastError what was wrong with the last attempt that failed; holds no secret; null where none has. Of files, only
 *     what is wrong now
 * @param lastErrorAt when that was
 * @param nextFetchAt when the next attempt may be made, if one is wanted
 * @param skipped for each entry that is no key of ours, its name and the reason
 * @param remarks what else there is to know about keys, such as certificates out of their time
 */
public record KeySetStatus(
        URI location,
        boolean withinReach,
        int keys,
        @Nullable Instant lastSuccessAt,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        Instant nextFetchAt,
        List<String> skipped,
        List<String> remarks) {

    public KeySetStatus {
        skipped = List.copyOf(skipped);
        remarks = List.copyOf(remarks);
    }

    /** The status of a set without anything that would have to be said about a key. */
    public KeySetStatus(
            URI location,
            boolean withinReach,
            int keys,
            @Nullable Instant lastSuccessAt,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt,
            Instant nextFetchAt) {
        this(location, withinReach, keys, lastSuccessAt, lastError, lastErrorAt, nextFetchAt, List.of(), List.of());
    }

    /** The status of keys; empty where they never change. No I/O: what the last attempt found. */
    public static Optional<KeySetStatus> of(VerificationKeys keys) {
        if (keys instanceof RemoteJwkSet remote) {
            return Optional.of(remote.status());
        }
        return keys instanceof LocalJwkSet local ? Optional.of(local.status()) : Optional.empty();
    }
}
