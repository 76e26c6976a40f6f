package io.gatehouse.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of ours are published at a moment, and which of them signs. Immutable and pure.
 *
 * @param all the newest first; those whose file is gone stay for a while
 * @param signer one of them
 */
record PublishedKeys(List<Entry> all, Entry signer) {

    /** Newer files first; of files written at the same time, as mounted secrets are, the last by name. */
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::written)
            .thenComparing(Entry::path)
            .reversed()
            .thenComparing(Entry::index);

    PublishedKeys {
        all = List.copyOf(all);
    }

    /**
     * How long each stage lasts.
     *
     * @param untilSigning from the moment when a key is published
     * @param afterwards from the moment when its file is gone
     * @param kid the one id that all keys go by; null where each has its own
     */
    record Periods(
            Duration untilSigning,
            Duration afterwards,
            @Nullable String kid) {}

    /**
     * A key.
     *
     * @param path of its file
     * @param index its place in the file
     * @param written when the file was
     * @param since when the key was published first
     * @param goneAt when it was seen that its file has it no more; null where it has
     */
    record Entry(
            SigningKeyPair pair,
            String path,
            int index,
            Instant written,
            Instant since,
            @Nullable Instant goneAt) {

        Entry gone(Instant now) {
            return goneAt == null ? new Entry(pair, path, index, written, since, now) : this;
        }

        boolean isThere() {
            return goneAt == null;
        }

        private boolean isKeptAt(Instant now, Duration afterwards) {
            return goneAt == null || now.isBefore(goneAt.plus(afterwards));
        }
    }

    /** At the beginning: what was written before counts as published since then, by whoever ran here before. */
    static PublishedKeys first(Map<String, KeyFile<SigningKeyFileContent>> files, Periods periods, Instant now) {
        List<Entry> there = entries(files, Map.of(), periods.kid(), null, now);
        Entry signer = newestThatMaySign(there, null, periods, now);
        return new PublishedKeys(there, signer == null ? there.get(0) : signer);
    }

    /** Some time later. */
    PublishedKeys next(Map<String, KeyFile<SigningKeyFileContent>> files, Periods periods, Instant now) {
        Map<String, Entry> before = new HashMap<>();
        all.forEach(entry -> before.put(entry.pair().kid(), entry));
        List<Entry> entries = entries(files, before, periods.kid(), now, now);
        if (entries.isEmpty()) {
            return new PublishedKeys(all.stream().map(entry -> entry.gone(now)).toList(), signer.gone(now));
        }
        List<Entry> kept = all.stream()
                .filter(entry -> entries.stream()
                        .noneMatch(
                                there -> there.pair().kid().equals(entry.pair().kid())))
                .map(entry -> entry.gone(now))
                .filter(entry -> entry.isKeptAt(now, periods.afterwards()))
                .toList();
        Entry next = newestThatMaySign(entries, signer, periods, now);
        List<Entry> published = new ArrayList<>(entries);
        published.addAll(kept);
        published.sort(NEWEST_FIRST);
        return new PublishedKeys(published, next == null ? orKept(kept, entries) : next);
    }

    /** The one that signed goes on until another may: its file was replaced. */
    private Entry orKept(List<Entry> kept, List<Entry> there) {
        return kept.stream()
                .filter(entry -> entry.pair().equals(signer.pair()))
                .findFirst()
                .orElse(there.get(0));
    }

    private static @Nullable Entry newestThatMaySign(
            List<Entry> there, @Nullable Entry signer, Periods periods, Instant now) {
        return there.stream()
                .filter(entry -> !now.isBefore(entry.since().plus(periods.untilSigning()))
                        || (signer != null && entry.pair().equals(signer.pair())))
                .findFirst()
                .orElse(null);
    }

    /** The keys that the files have now, the newest first. */
    private static List<Entry> entries(
            Map<String, KeyFile<SigningKeyFileContent>> files,
            Map<String, Entry> before,
            @Nullable String kid,
            @Nullable Instant publishedSince,
            Instant now) {
        Map<String, Entry> byKid = new HashMap<>();
        files.forEach((path, file) -> {
            SigningKeyFileContent content = file.content();
            List<SigningKeyPair> pairs = content == null ? List.of() : content.keys();
            for (int index = 0; index < pairs.size(); index++) {
                SigningKeyPair pair =
                        kid == null ? pairs.get(index) : pairs.get(index).named(kid);
                Entry entry = entry(pair, path, index, file, before.get(pair.kid()), publishedSince, now);
                byKid.merge(pair.kid(), entry, (a, b) -> NEWEST_FIRST.compare(a, b) <= 0 ? a : b);
            }
        });
        return byKid.values().stream().sorted(NEWEST_FIRST).toList();
    }

    private static Entry entry(
            SigningKeyPair pair,
            String path,
            int index,
            KeyFile<SigningKeyFileContent> file,
            @Nullable Entry before,
            @Nullable Instant publishedSince,
            Instant now) {
        FileStamp stamp = file.stamp();
        Instant written = stamp != null && file.problem() == null
                ? stamp.modified()
                : before == null ? Instant.EPOCH : before.written();
        if (before != null) {
            return new Entry(pair, path, index, written, before.since(), null);
        }
        Instant since = publishedSince == null ? earlier(written, now) : publishedSince;
        return new Entry(pair, path, index, written, since, null);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Whether the files have none of them any more. */
    boolean areOrphans() {
        return all.stream().noneMatch(Entry::isThere);
    }

    boolean has(String kid) {
        return all.stream().anyMatch(entry -> entry.pair().kid().equals(kid));
    }
}
