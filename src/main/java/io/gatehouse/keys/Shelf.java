package io.gatehouse.keys;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Things that cost something to make and that one thread at a time can use: lent, given back and lent again. There are no
 * more of them here than processors could be busy with; what belongs to no thread needs no thread's end to be let go.
 *
 * <p>Thread-safe, without a lock.
 */
public final class Shelf<T> {

    private static final int PLACES =
            2 * Integer.highestOneBit(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);

    /** One that nobody else has; null where none is to be had, and one should be made. */
    public @Nullable T take() {
        int place = place();
        T first = places.getAndSet(place, null);
        return first == null ? places.getAndSet(place ^ 1, null) : first;
    }

    /** Puts one here that nobody uses any more. */
    public void giveBack(T thing) {
        int place = place();
        places.setRelease(places.getPlain(place) == null ? place : place ^ 1, thing);
    }

    private static int place() {
        return (int) Thread.currentThread().getId() & (PLACES - 1);
    }
}
