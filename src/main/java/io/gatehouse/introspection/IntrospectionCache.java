package io.gatehouse.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the authorization server answered, live tokens apart from dead ones, and lets one caller ask on behalf
 * of all who want to know about the same token at the same time. Failures are handed to those who waited for them, and
 * to nobody later.
 *
 * <p>Thread-safe. Bounded in count and time by {@link IntrospectionSettings.CacheSettings}.
 */
final class IntrospectionCache {

    private record Remembered(IntrospectionResponse response, Instant askedAt) {}

    private final IntrospectionSettings.CacheSettings settings;
    private final Clock clock;
    private final Cache<TokenKey, Remembered> live;
    private final Cache<TokenKey, Remembered> dead;
    private final ConcurrentMap<TokenKey, CompletableFuture<IntrospectionResponse>> underWay =
            new ConcurrentHashMap<>();

    IntrospectionCache(IntrospectionSettings.CacheSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.live = cache(settings.maximumSize(), settings.lifetime().plus(settings.staleIfError()));
        this.dead = cache(settings.deadMaximumSize(), settings.deadLifetime());
    }

    /** What is past its {@code exp} stays until its lifetime ends: the claims' gate refuses it all the same. */
    private Cache<TokenKey, Remembered> cache(long maximumSize, Duration lifetime) {
        return Caffeine.newBuilder()
                .maximumSize(lifetime.isZero() ? 0 : maximumSize)
                .expireAfter(Expiry.<TokenKey, Remembered>writing((key, value) -> lifetime))
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** The remembered answer if it is no older than the maximum age, or else what asking brings. */
    IntrospectionResponse get(TokenKey key, Duration maximumAge, Supplier<IntrospectionResponse> asking) {
        IntrospectionResponse remembered = remembered(key, maximumAge);
        return remembered != null ? remembered : orStale(key, askOnce(key, maximumAge, asking), maximumAge);
    }

    private @Nullable IntrospectionResponse remembered(TokenKey key, Duration maximumAge) {
        Remembered alive = live.getIfPresent(key);
        if (alive != null && isYounger(alive, min(maximumAge, settings.lifetime()))) {
            return alive.response();
        }
        Remembered deceased = dead.getIfPresent(key);
        return deceased != null && isYounger(deceased, settings.deadLifetime()) ? deceased.response() : null;
    }

    private boolean isYounger(Remembered remembered, Duration age) {
        return clock.instant().isBefore(remembered.askedAt().plus(age));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private IntrospectionResponse askOnce(TokenKey key, Duration maximumAge, Supplier<IntrospectionResponse> asking) {
        CompletableFuture<IntrospectionResponse> mine = new CompletableFuture<>();
        CompletableFuture<IntrospectionResponse> earlier = underWay.putIfAbsent(key, mine);
        if (earlier != null) {
            return earlier.join();
        }
        IntrospectionResponse response = new IntrospectionResponse.Failed("the call was broken off", null);
        try {
            // Whoever asked may have finished since we looked: what he learned is there before he steps aside.
            IntrospectionResponse learned = remembered(key, maximumAge);
            Instant askedAt = clock.instant();
            response = learned != null ? learned : settle(key, asking.get(), askedAt);
            return response;
        } finally {
            underWay.remove(key, mine);
            mine.complete(response);
        }
    }

    private IntrospectionResponse settle(TokenKey key, IntrospectionResponse response, Instant askedAt) {
        if (response instanceof IntrospectionResponse.Active) {
            live.put(key, new Remembered(response, askedAt));
        } else if (response instanceof IntrospectionResponse.Inactive) {
            live.invalidate(key);
            dead.put(key, new Remembered(response, askedAt));
        }
        return response;
    }

    /** An answer that is a little too old, where the configuration prefers it to none and nobody asked for a fresher. */
    private IntrospectionResponse orStale(TokenKey key, IntrospectionResponse response, Duration maximumAge) {
        boolean answered =
                response instanceof IntrospectionResponse.Active || response instanceof IntrospectionResponse.Inactive;
        boolean wanted = !settings.staleIfError().isZero() && maximumAge.compareTo(settings.lifetime()) >= 0;
        Remembered old = answered || !wanted ? null : live.getIfPresent(key);
        return old == null ? response : old.response();
    }
}
