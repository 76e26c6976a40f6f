package io.gatehouse.permission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers what the server said about a caller, for a short time that counts from the question. Thread-safe; bounded in
 * count and time.
 */
final class ShortMemory<K, V> {

    private record Remembered<V>(V value, Instant askedAt) {}

    private final Duration lifetime;
    private final Clock clock;
    private final Cache<K, Remembered<V>> values;

    /** @param lifetime zero remembers nothing */
    ShortMemory(Duration lifetime, long maximumSize, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        this.values = Caffeine.newBuilder()
                .maximumSize(lifetime.isZero() ? 0 : maximumSize)
                .expireAfter(Expiry.<K, Remembered<V>>writing((key, value) -> lifetime))
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    long size() {
        return values.estimatedSize();
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(values.getIfPresent(key))
                .filter(remembered ->
                        clock.instant().isBefore(remembered.askedAt().plus(lifetime)))
                .map(Remembered::value);
    }

    /** Of two answers the one to the later question stays, whichever comes last. */
    void put(K key, V value, Instant askedAt) {
        if (!lifetime.isZero()) {
            values.asMap()
                    .merge(
                            key,
                            new Remembered<>(value, askedAt),
                            (old, news) -> old.askedAt().isAfter(news.askedAt()) ? old : news);
        }
    }
}
