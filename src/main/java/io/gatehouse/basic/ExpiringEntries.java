package io.gatehouse.basic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes caches that are bounded in count, and in time. */
final class ExpiringEntries {

    private static final int MAXIMUM = 10_000;

    private ExpiringEntries() {}

    /** An entry is forgotten a while after it was made, however often it changed. */
    static <V> Cache<String, V> lasting(Duration lifetime, Clock clock) {
        return expiring(Expiry.creating((key, value) -> lifetime), clock);
    }

    /** An entry is forgotten a while after it was last written. */
    static <V> Cache<String, V> renewable(Duration lifetime, Clock clock) {
        return expiring(Expiry.writing((key, value) -> lifetime), clock);
    }

    private static <V> Cache<String, V> expiring(Expiry<String, V> expiry, Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAXIMUM)
                .expireAfter(expiry)
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
