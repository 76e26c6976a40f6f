package io.gatehouse.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key ids that tokens named and no key set had, of late: the negative memory. Thread-safe; bounded in count and time,
 * and the ids in length.
 */
final class UnknownKeyIds {

    /** What is known of an id that is in no key set. */
    enum Presentation {
        /** Never seen, or too long ago. */
        FIRST,
        /** Seen, and not looked for since. */
        AGAIN,
        /** Looked for since, and not there: not worth another fetch for now. */
        ABSENT
    }

    /** No issuer's ids are longer, and memory is not for whoever writes the longest. */
    static final int MAXIMUM_LENGTH = 512;

    static final int MAXIMUM_IDS = 4096;

    /** How long it is taken for granted that the issuer does not have an id. */
    static final Duration ABSENT_FOR = Duration.ofSeconds(5);

    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(10);

    private final Map<String, Seen> firstSeen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MAXIMUM_IDS;
        }
    };

    /** When an id came first: by the clock, and as the number of the last fetch that had been started by then. */
    private record Seen(Instant at, long started) {}

    /**
     * Notes that a token named this id.
     *
     * @param started the number of the last fetch that was started before
     * @param answered the number of the fetch that brought the present keys
     * @param askedAt when that one was started
     */
    synchronized Presentation present(String id, Instant now, long started, long answered, Instant askedAt) {
        if (id.length() > MAXIMUM_LENGTH) {
            return Presentation.ABSENT;
        }
        Seen first = firstSeen.get(id);
        if (first != null && tells(answered, first.started())) {
            if (now.isBefore(askedAt.plus(ABSENT_FOR))) {
                return Presentation.ABSENT;
            }
        } else if (first != null && now.isBefore(first.at().plus(REMEMBERED_FOR))) {
            return Presentation.AGAIN;
        }
        firstSeen.put(id, new Seen(now, started));
        return Presentation.FIRST;
    }

    /** Only a fetch that was started after the id came can tell: the answer of an older one may have been on its way. */
    static boolean tells(long answered, long startedBefore) {
        return answered > startedBefore;
    }
}
