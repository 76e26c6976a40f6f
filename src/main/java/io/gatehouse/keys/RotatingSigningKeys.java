package io.gatehouse.keys;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The private keys of local files, which are looked at again while they are used: the newest one signs, and all are
 * published.
 *
 * <p>A key that appears is published first, and signs when everybody who keeps the published set for as long as he may
 * has seen it. A key whose file is gone stays published for a while, because what it signed is still under way. Where the
 * application begins, a file counts as published since it was written.
 *
 * <p>A use that comes a second after the last look takes another one: a few questions to the file system, and reading
 * where something changed. A file that cannot be read any more keeps the keys that it had. Thread-safe: one immutable
 * snapshot behind one reference, written by one look at a time; nobody waits for the look of another.
 */
public final class RotatingSigningKeys {

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** What a key has signed is good for that long at most (the compatible form of assertions: an hour). */
    static final Duration LONGEST_SIGNED = Duration.ofHours(1);

    private static final System.Logger LOG = ApplicationLog.of(RotatingSigningKeys.class);

    private final KeyFileSource<SigningKeyFileContent> source;
    private final PublishedKeys.Periods periods;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Snapshot snapshot;

    private RotatingSigningKeys(
            KeyFileSource<SigningKeyFileContent> source, PublishedKeys.Periods periods, Clock clock, Snapshot first) {
        this.source = source;
        this.periods = periods;
        this.clock = clock;
        this.snapshot = first;
    }

    /**
     * Begins with what was read already.
     *
     * @param maximumAge how long others may keep the published set; zero where it is not published, and then the newest
     *     key signs at once
     */
    public static RotatingSigningKeys of(SigningKeyFiles files, Duration maximumAge, Clock clock) {
        Instant now = clock.instant();
        PublishedKeys.Periods periods = new PublishedKeys.Periods(
                maximumAge, maximumAge.isZero() ? Duration.ZERO : maximumAge.plus(LONGEST_SIGNED), files.kid());
        PublishedKeys keys = PublishedKeys.first(files.files(), periods, now);
        RotatingSigningKeys rotating =
                new RotatingSigningKeys(files.source(), periods, clock, new Snapshot(files.files(), keys, null, now));
        files.files().forEach((path, file) -> rotating.report(path, null, file));
        LOG.log(INFO, "GATE0440 {0} signs with the key {1}", files.source().location(), shown(keys.signer()));
        return rotating;
    }

    /** What there was at a look; the problem says why a directory cannot be listed. */
    private record Snapshot(
            SortedMap<String, KeyFile<SigningKeyFileContent>> files,
            PublishedKeys keys,
            @Nullable String problem,
            Instant lookedAt) {

        /** Also where the clock was set back: nobody knows then how long ago the look was. */
        boolean isDue(Instant now) {
            return now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(LOOK_EVERY));
        }
    }

    /** The key that signs now; it has a {@code kid}. */
    public SigningKey current() {
        return keys().signer().pair().signing();
    }

    /** The public halves of all keys, the newest first, as JWKs with {@code kid}, {@code use} and {@code alg}. */
    public List<Map<String, Object>> publicKeys() {
        return keys().all().stream().map(key -> key.pair().jwk()).toList();
    }

    private PublishedKeys keys() {
        Instant now = clock.instant();
        if (snapshot.isDue(now) && looking.compareAndSet(false, true)) {
            try {
                look(snapshot, now);
            } finally {
                looking.set(false);
            }
        }
        return snapshot.keys();
    }

    private void look(Snapshot before, Instant now) {
        if (!before.isDue(now)) {
            return;
        }
        Snapshot after = snapshot(before, now);
        snapshot = after;
        after.files().forEach((path, file) -> report(path, before.files().get(path), file));
        report(before, after);
    }

    private Snapshot snapshot(Snapshot before, Instant now) {
        try {
            SortedMap<String, KeyFile<SigningKeyFileContent>> files = source.read(before.files(), now);
            return new Snapshot(files, before.keys().next(files, periods, now), null, now);
        } catch (IOException unlistable) {
            PublishedKeys keys = before.keys().next(before.files(), periods, now);
            return new Snapshot(before.files(), keys, KeyFileReader.reason(unlistable), now);
        }
    }

    /** One line per change of state. */
    private void report(Snapshot before, Snapshot after) {
        String problem = after.problem();
        if (problem != null && !problem.equals(before.problem())) {
            LOG.log(
                    WARNING,
                    "GATE0441 the signing keys of {0} cannot be listed: {1}; those that are known stay in use",
                    source.location(),
                    problem);
        } else if (problem == null && before.problem() != null) {
            LOG.log(INFO, "GATE0442 the signing keys of {0} can be listed again", source.location());
        }
        if (after.keys().areOrphans() && !before.keys().areOrphans()) {
            LOG.log(
                    WARNING,
                    "GATE0443 no signing key is left in {0}; the key {1} goes on",
                    source.location(),
                    shown(after.keys().signer()));
        }
        reportKeys(before.keys(), after.keys());
    }

    private void reportKeys(PublishedKeys before, PublishedKeys after) {
        for (PublishedKeys.Entry key : after.all()) {
            if (!before.has(key.pair().kid()) && !key.equals(after.signer())) {
                LOG.log(
                        INFO,
                        "GATE0444 {0} has another key {1}; the newest key signs when it was published for {2}",
                        source.location(),
                        shown(key),
                        periods.untilSigning());
            }
        }
        if (!before.signer().pair().equals(after.signer().pair())) {
            LOG.log(INFO, "GATE0440 {0} signs with the key {1}", source.location(), shown(after.signer()));
        }
    }

    private void report(
            String path, @Nullable KeyFile<SigningKeyFileContent> before, KeyFile<SigningKeyFileContent> file) {
        String problem = file.problem();
        if (problem != null && (before == null || !problem.equals(before.problem()))) {
            LOG.log(WARNING, "GATE0445 signing key file {0} is not used: {1}", path, problem);
        }
        SigningKeyFileContent content = file.content();
        if (content != null && problem == null && (before == null || before.isNews(content))) {
            content.skipped()
                    .forEach(skipped -> LOG.log(INFO, "GATE0446 signing key file {0}: skipped {1}", path, skipped));
        }
    }

    private static String shown(PublishedKeys.Entry key) {
        return KeyTextParser.printable(key.pair().kid());
    }

    @Override
    public String toString() {
        return "RotatingSigningKeys[" + source.location() + "]";
    }
}
