package io.gatehouse.basic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes caches that are bounded in count, and forget an entry a while after it was made, however often it changed. */
final class ExpiringEntries {

    private static final int MAXIMUM = 10_000;

    private ExpiringEntries() {}

    static <V> Cache<String, V> lasting(Duration lifetime, Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAXIMUM)
                .expireAfter(Expiry.<String, V>creating((key, value) -> lifetime))
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
