package io.gatehouse.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key file as it was when it was looked at last.
 *
 * @param <C> what such a file holds
 * @param stamp of what was read last; null where it could not be read
 * @param content what it held when it could be used last; null where it never could
 * @param goodAt when that was
 * @param problem why it cannot be used now, as a sentence about "it"; null where it can
 */
record KeyFile<C>(
        @Nullable FileStamp stamp,
        @Nullable C content,
        Instant goodAt,
        @Nullable String problem) {

    static <C> KeyFile<C> good(FileStamp stamp, C content, Instant now) {
        return new KeyFile<>(stamp, content, now, null);
    }

    /** It cannot be used now; what it held before stays for a while. */
    static <C> KeyFile<C> bad(@Nullable FileStamp stamp, @Nullable KeyFile<C> before, Instant now, String problem) {
        return before == null
                ? new KeyFile<>(stamp, null, now, problem)
                : new KeyFile<>(stamp, before.content, before.goodAt, problem);
    }

    /** Whether there is nothing new in a file with this stamp. */
    boolean isUnchanged(FileStamp now) {
        return stamp != null && stamp.settled() && stamp.equals(now);
    }

    KeyFile<C> lookedAt(Instant now) {
        return problem == null ? new KeyFile<>(stamp, content, now, null) : this;
    }

    /** What it holds that may still be trusted. */
    @Nullable C contentAt(Instant now, Duration usableFor) {
        return content != null && now.isBefore(goodAt.plus(usableFor)) ? content : null;
    }

    /** Whether that content, found now, is worth telling. */
    boolean isNews(C found) {
        return problem != null || !found.equals(content);
    }
}
