package io.gatehouse.jwt;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The headers of tokens that were genuine, as their segments were written: most tokens of an issuer have one of two or
 * three, and none of them is read twice. Only what a signature was found to cover comes in here, so nobody but an issuer
 * can fill it; and a place taken twice is no more than a header read once more.
 *
 * <p>Thread-safe, without a lock; bounded in count and in the length of what is remembered.
 */
final class HeaderMemory {

    private static final int PLACES = 1024;
    private static final int LONGEST_SEGMENT = 512;

    /**
     * A header that a signature was found to cover.
     *
     * @param basis of the last decision about a token with this header: most of the next rest on the same
     */
    record Known(String segment, JoseHeader header, SignatureBasis basis) {}

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    /** The header of a token whose first segment ends here; null where it has to be read. */
    @Nullable Known find(String token, int end) {
        Known known = end > LONGEST_SEGMENT ? null : places.get(place(token, end));
        return known != null && known.segment().length() == end && token.startsWith(known.segment()) ? known : null;
    }

    /** Remembers the header of a token whose signature was verified. */
    void remember(String token, int end, JoseHeader header, SignatureBasis basis) {
        if (end <= LONGEST_SEGMENT) {
            places.set(place(token, end), new Known(token.substring(0, end), header, basis));
        }
    }

    private static int place(String token, int end) {
        int hash = end;
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + token.charAt(i);
        }
        return (hash ^ hash >>> 16) & (PLACES - 1);
    }
}
