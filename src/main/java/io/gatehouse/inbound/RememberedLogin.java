package io.gatehouse.inbound;

/**
 * A name for one remembered login that no other login has or had, in whichever application of the server. Nobody can guess
 * it, and it says nothing of the token. Thread-safe.
 *
 * <p>A server that is given such a key looks it up under a lock of its own for that key. A caller who comes on many threads
 * at once would queue there, so he gets a few keys, by thread; everybody else has one.
 */
final class RememberedLogin {

    private static final int MOST_KEYS = 8;

    /** Whoever comes more often, comes on several threads at once. */
    private static final long BUSY_NANOS = 500_000;

    private final String deployment;
    private final long number;

    /** Read and written without care: what gets lost makes no difference but to the choice of a key. */
    private long lastNanos;

    RememberedLogin(String deployment, long number, long nanos) {
        this.deployment = deployment;
        this.number = number;
        this.lastNanos = nanos - BUSY_NANOS;
    }

    /** The key for a login on this thread. */
    String key(long nanos, long thread) {
        boolean busy = nanos - lastNanos < BUSY_NANOS;
        lastNanos = nanos;
        return deployment + "-" + number + "-" + (busy ? thread % MOST_KEYS : 0);
    }
}
