package io.gatehouse.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table by keys whose hashes are as good as random, as those of valid tokens are. Unlike a map it is asked with a hash
 * that the asker has, so that nothing has to be made around the text of a token in order to find it.
 *
 * <p>{@link #get} takes no lock and may be called at any time; all else is for one thread at a time. No place of the table
 * holds more than a few entries: whoever gets many tokens issued that fall on one place, loses the oldest of them.
 */
final class TokenTable<V> {

    private static final int FIRST_PLACES = 64;
    private static final int MOST_IN_ONE_PLACE = 8;

    /** A power of two of them; replaced as a whole where it grows. */
    private volatile AtomicReferenceArray<@Nullable Entry<V>> places = new AtomicReferenceArray<>(FIRST_PLACES);

    /** Nobody outside knows which hashes fall on one place. Odd, so that no bit gets lost. */
    private final int multiplier;

    private int size;

    /** An empty one. */
    TokenTable(int random) {
        this.multiplier = random | 1;
    }

    /** Never changes: another one takes its place. */
    private record Entry<V>(
            int hash, Object key, V value, @Nullable Entry<V> next) {

        boolean isAt(int otherHash, Object otherKey) {
            return hash == otherHash && otherKey.equals(key);
        }

        @SuppressWarnings("ReferenceEquality") // the same chain, or another one
        Entry<V> before(@Nullable Entry<V> others) {
            return others == next ? this : new Entry<>(hash, key, value, others);
        }

        /** The key is a token. */
        @Override
        public String toString() {
            return "Entry[hidden]";
        }
    }

    /** What is kept by this key; null where there is nothing. */
    @Nullable V get(int hash, Object key) {
        AtomicReferenceArray<@Nullable Entry<V>> table = places;
        for (Entry<V> entry = table.get(place(hash, table)); entry != null; entry = entry.next) {
            if (entry.isAt(hash, key)) {
                return entry.value;
            }
        }
        return null;
    }

    /** Keeps this value, in place of what was kept by the key before; whether there was anything. */
    boolean put(int hash, Object key, V value) {
        if (size >= places.length()) {
            places = twiceAsLarge(places);
        }
        boolean replaces = remove(hash, key);
        AtomicReferenceArray<@Nullable Entry<V>> table = places;
        int place = place(hash, table);
        // The newest comes first: it is the likeliest to be asked for.
        set(place, new Entry<>(hash, key, value, first(MOST_IN_ONE_PLACE - 1, table.get(place))));
        return replaces;
    }

    /** Whether there was anything. */
    boolean remove(int hash, Object key) {
        AtomicReferenceArray<@Nullable Entry<V>> table = places;
        int place = place(hash, table);
        int before = size;
        set(place, without(hash, key, table.get(place)));
        return size < before;
    }

    int size() {
        return size;
    }

    private void set(int place, @Nullable Entry<V> entries) {
        size += count(entries) - count(places.get(place));
        places.set(place, entries);
    }

    private static int count(@Nullable Entry<?> first) {
        int count = 0;
        for (Entry<?> entry = first; entry != null; entry = entry.next) {
            count++;
        }
        return count;
    }

    private static <V> @Nullable Entry<V> first(int most, @Nullable Entry<V> entry) {
        return entry == null || most == 0 ? null : entry.before(first(most - 1, entry.next));
    }

    private static <V> @Nullable Entry<V> without(int hash, Object key, @Nullable Entry<V> entry) {
        if (entry == null) {
            return null;
        }
        return entry.isAt(hash, key) ? entry.next : entry.before(without(hash, key, entry.next));
    }

    /** Whoever looks for something meanwhile, finds it in the old one. */
    private AtomicReferenceArray<@Nullable Entry<V>> twiceAsLarge(AtomicReferenceArray<@Nullable Entry<V>> old) {
        AtomicReferenceArray<@Nullable Entry<V>> larger = new AtomicReferenceArray<>(2 * old.length());
        for (int from = 0; from < old.length(); from++) {
            move(old.get(from), larger);
        }
        return larger;
    }

    /** The oldest first, so that the newest is in front of it again. */
    private void move(@Nullable Entry<V> entry, AtomicReferenceArray<@Nullable Entry<V>> larger) {
        if (entry != null) {
            move(entry.next, larger);
            int place = place(entry.hash, larger);
            larger.set(place, entry.before(larger.get(place)));
        }
    }

    /** The upper bits of the product: all of the hash has a say in them. */
    private int place(int hash, AtomicReferenceArray<?> table) {
        return (hash * multiplier) >>> (Integer.numberOfLeadingZeros(table.length()) + 1);
    }
}
