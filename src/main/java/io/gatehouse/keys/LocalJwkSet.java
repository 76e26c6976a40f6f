package io.gatehouse.keys;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of local files, which are looked at again while they are used.
 *
 * <p>A request that comes a second after the last look takes another one: a few questions to the file system, and
 * reading where something changed. A file that is gone from a directory takes its keys with it at once. A file that
 * cannot be read any more (the only one is gone, or half written) keeps the keys that it had, for a bounded time.
 *
 * <p>Thread-safe: one immutable {@link Snapshot} behind one reference, written by one look at a time. Requests whose key is known
 * do not wait for a look of another; those whose key is not do, but not for long.
 */
final class LocalJwkSet implements VerificationKeys {

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** An unknown key id may be that of a file that was written just now, or invented. */
    static final Duration LOOK_FOR_UNKNOWN_KEY_EVERY = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final System.Logger LOG = ApplicationLog.of(LocalJwkSet.class);

    private final KeyFileSource<KeyFileContent> source;
    private final Duration usableFor;
    private final Clock clock;
    private volatile Snapshot snapshot;
    private final AtomicReference<@Nullable CompletableFuture<Void>> look = new AtomicReference<>();

    private LocalJwkSet(KeyFileSource<KeyFileContent> source, Duration usableFor, Clock clock, Snapshot first) {
        this.source = source;
        this.usableFor = usableFor;
        this.clock = clock;
        this.snapshot = first;
    }

    /** Begins with what was read already, and logs what that is. */
    static LocalJwkSet of(KeyFiles files, Duration usableFor, Clock clock) {
        Instant now = clock.instant();
        SortedMap<String, KeyFile<KeyFileContent>> lookedAt = new TreeMap<>();
        files.files().forEach((name, file) -> lookedAt.put(name, file.lookedAt(now)));
        Snapshot first = Snapshot.of(lookedAt, null, now, usableFor);
        LocalJwkSet set = new LocalJwkSet(files.source(), usableFor, clock, first);
        lookedAt.forEach((name, file) -> set.report(name, null, file, now));
        return set;
    }

    /**
     * What there was at a look.
     *
     * @param files also those whose content is no longer trusted
     * @param keys of those whose content is
     * @param problem why the directory cannot be listed, or null
     */
    private record Snapshot(
            SortedMap<String, KeyFile<KeyFileContent>> files,
            LocalKeySet keys,
            @Nullable String problem,
            Instant lookedAt) {

        static Snapshot of(
                SortedMap<String, KeyFile<KeyFileContent>> files,
                @Nullable String problem,
                Instant now,
                Duration usableFor) {
            LocalKeySet keys = new LocalKeySet(files.values().stream()
                    .map(file -> file.contentAt(now, usableFor))
                    .filter(Objects::nonNull)
                    .toList());
            return new Snapshot(files, keys, problem, now);
        }

        /** The directory's, or that of the first file that has one; null where all is well. */
        @Nullable String anyProblem() {
            return problem != null
                    ? problem
                    : files.entrySet().stream()
                            .filter(entry -> entry.getValue().problem() != null)
                            .map(entry ->
                                    entry.getKey() + ": " + entry.getValue().problem())
                            .findFirst()
                            .orElse(null);
        }

        List<String> ofContents(Function<KeyFileContent, List<String>> part) {
            return files.values().stream()
                    .map(KeyFile::content)
                    .filter(Objects::nonNull)
                    .flatMap(content -> part.apply(content).stream())
                    .toList();
        }

        @Nullable Instant oldestGoodAt() {
            return files.values().stream()
                    .filter(file -> file.content() != null)
                    .map(file -> file.goodAt())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        /** Never where {@link #isOlderThan} says that it is time for another look; a millisecond less than that. */
        boolean isFreshAt(long epochMillis) {
            long looked = lookedAt.toEpochMilli();
            return epochMillis > looked && epochMillis < looked + LOOK_EVERY.toMillis();
        }

        /** Also where the clock was set back: nobody knows then how long ago the look was. */
        boolean isOlderThan(Duration age, Instant now) {
            return now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(age));
        }

        /** Whether there may be keys that we do not see: what we cannot read is no reason to call a token bad. */
        boolean isIncomplete() {
            return problem != null
                    || keys.size() == 0
                    || files.values().stream().anyMatch(file -> file.content() != null && file.problem() != null);
        }
    }

    @Override
    public KeyLookup lookup(@Nullable String kid) {
        Snapshot before = snapshot;
        if (before.isFreshAt(clock.millis()) && before.keys().lookup(kid) instanceof KeyLookup.Found found) {
            return found; // the way of nearly every token: nothing made
        }
        Instant now = clock.instant();
        if (before.isOlderThan(LOOK_EVERY, now)) {
            look(LOOK_EVERY, now, false);
        }
        KeyLookup answer = snapshot.keys().lookup(kid);
        if (answer instanceof KeyLookup.Found) {
            return answer;
        }
        look(LOOK_FOR_UNKNOWN_KEY_EVERY, now, true);
        Snapshot current = snapshot;
        KeyLookup second = current.keys().lookup(kid);
        boolean failedToLook = current.isIncomplete() && !(second instanceof KeyLookup.Found);
        return failedToLook ? new KeyLookup.Unavailable(LOOK_EVERY) : second;
    }

    /** Looks if the last look is that old, or leaves it to the thread that is looking already. */
    private void look(Duration age, Instant now, boolean waits) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> others = look.compareAndExchange(null, mine);
        if (others != null) {
            if (waits) {
                await(others);
            }
            return;
        }
        try {
            Snapshot before = snapshot;
            if (before.isOlderThan(age, now)) {
                Snapshot after = snapshot(before, now);
                snapshot = after;
                report(before, after, now);
            }
        } finally {
            look.set(null);
            mine.complete(null);
        }
    }

    private Snapshot snapshot(Snapshot before, Instant now) {
        try {
            return Snapshot.of(source.read(before.files(), now), null, now, usableFor);
        } catch (IOException unlistable) {
            return Snapshot.of(before.files(), KeyFileReader.reason(unlistable), now, usableFor);
        }
    }

    /** A file system may hang; the answer then comes from what there is. */
    private static void await(CompletableFuture<Void> look) {
        try {
            look.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unfinished) {
            // so it is, then
        }
    }

    /** One line per change of state. */
    private void report(Snapshot before, Snapshot after, Instant now) {
        after.files().forEach((name, file) -> report(name, before.files().get(name), file, now));
        for (String path : before.files().keySet()) {
            if (!after.files().containsKey(path)) {
                LOG.log(INFO, "GATE0117 key file {0} is gone, and its keys are no longer trusted", path);
            }
        }
        String problem = after.problem();
        if (problem != null && !problem.equals(before.problem())) {
            LOG.log(
                    WARNING,
                    "GATE0119 the key files of {0} cannot be listed: {1}; known keys stay in use for {2}",
                    source.location(),
                    problem,
                    usableFor);
        } else if (problem == null && before.problem() != null) {
            LOG.log(INFO, "GATE0122 the key files of {0} can be listed again", source.location());
        }
        if (after.keys().size() == 0 && before.keys().size() > 0) {
            LOG.log(WARNING, "GATE0120 no key of {0} is left that may be trusted", source.location());
        }
    }

    private void report(
            String path, @Nullable KeyFile<KeyFileContent> before, KeyFile<KeyFileContent> file, Instant now) {
        String problem = file.problem();
        KeyFileContent content = file.content();
        if (problem != null && (before == null || !problem.equals(before.problem()))) {
            String consequence = content == null
                    ? ""
                    : "; the keys that it had stay in use until "
                            + file.goodAt().plus(usableFor);
            LOG.log(WARNING, "GATE0118 key file {0} cannot be used: {1}{2}", path, problem, consequence);
        }
        if (problem == null && content != null && (before == null || before.isNews(content))) {
            report(path, content, now);
        }
    }

    private static void report(String path, KeyFileContent content, Instant now) {
        LOG.log(INFO, "GATE0115 keys read from {1}: {0}", content.size(), path);
        for (String skipped : content.skipped()) {
            LOG.log(INFO, "GATE0116 key file {0}: skipped {1}", path, skipped);
        }
        for (String remark : content.datesToKnow(now)) {
            LOG.log(WARNING, "GATE0121 key file {0}: a certificate {1}; its key is used, as configured", path, remark);
        }
    }

    KeySetStatus status() {
        Snapshot current = snapshot;
        String problem = current.anyProblem();
        return new KeySetStatus(
                source.place(),
                problem == null,
                current.keys().size(),
                current.oldestGoodAt(),
                problem,
                problem == null ? null : current.lookedAt(),
                current.lookedAt().plus(LOOK_EVERY),
                current.ofContents(KeyFileContent::skipped),
                current.ofContents(content -> content.datesToKnow(clock.instant())));
    }

    @Override
    public String toString() {
        return "LocalJwkSet[" + source.location() + "]";
    }
}
