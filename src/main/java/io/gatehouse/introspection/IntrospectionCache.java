package io.gatehouse.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.gatehouse.guard.Bulkhead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
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

    private record Call(CompletableFuture<IntrospectionResponse> response, Instant askedAt) {}

    private final IntrospectionSettings.CacheSettings settings;
    private final Clock clock;
    private final Cache<TokenKey, Remembered> live;
    private final Cache<TokenKey, Remembered> dead;
    private final ConcurrentMap<TokenKey, Call> underWay = new ConcurrentHashMap<>();
    private final Bulkhead bulkhead;

    IntrospectionCache(IntrospectionSettings.CacheSettings settings, Bulkhead bulkhead, Clock clock) {
        this.settings = settings;
        this.bulkhead = bulkhead;
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

    /** The remembered answer, or else what asking brings; a stale answer in an outage, where that is configured. */
    IntrospectionResponse get(TokenKey key, Supplier<IntrospectionResponse> asking) {
        return orStale(key, get(key, settings.lifetime(), earlier -> true, asking));
    }

    /** The remembered answer if it is young enough, or else what asking brings. Never a stale answer. */
    IntrospectionResponse getNoOlderThan(Duration maximumAge, TokenKey key, Supplier<IntrospectionResponse> asking) {
        return get(key, maximumAge, earlier -> isYounger(earlier.askedAt(), maximumAge), asking);
    }

    private IntrospectionResponse get(
            TokenKey key, Duration maximumAge, Predicate<Call> joinable, Supplier<IntrospectionResponse> asking) {
        IntrospectionResponse remembered = remembered(key, maximumAge);
        if (remembered != null) {
            return remembered;
        }
        Call mine = new Call(new CompletableFuture<>(), clock.instant());
        Call joined = underWay.compute(key, (k, earlier) -> earlier != null && joinable.test(earlier) ? earlier : mine);
        return joined.equals(mine) ? ask(key, maximumAge, mine, asking) : await(joined);
    }

    /** The remembered answer; null where there is none. */
    @Nullable IntrospectionResponse remembered(TokenKey key) {
        return remembered(key, settings.lifetime());
    }

    /** How many answers are kept; an estimate. */
    long size() {
        return live.estimatedSize() + dead.estimatedSize();
    }

    private @Nullable IntrospectionResponse remembered(TokenKey key, Duration maximumAge) {
        Remembered alive = live.getIfPresent(key);
        if (alive != null && isYounger(alive.askedAt(), min(maximumAge, settings.lifetime()))) {
            return alive.response();
        }
        Remembered deceased = dead.getIfPresent(key);
        return deceased != null && isYounger(deceased.askedAt(), settings.deadLifetime()) ? deceased.response() : null;
    }

    private boolean isYounger(Instant askedAt, Duration age) {
        return clock.instant().isBefore(askedAt.plus(age));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private IntrospectionResponse await(Call call) {
        try (Bulkhead.Place place = bulkhead.place()) {
            return place.await(call.response()).orElseGet(IntrospectionResponse.Failed::silent);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new IntrospectionResponse.NotAsked("the wait was broken off");
        }
    }

    private IntrospectionResponse ask(
            TokenKey key, Duration maximumAge, Call mine, Supplier<IntrospectionResponse> asking) {
        IntrospectionResponse response = new IntrospectionResponse.Failed("the call was broken off", null);
        try {
            // Whoever asked may have finished since we looked: what he learned is there before he steps aside.
            IntrospectionResponse learned = remembered(key, maximumAge);
            Instant askedAt = clock.instant();
            response = learned != null ? learned : settle(key, asking.get(), askedAt);
            return response;
        } finally {
            underWay.remove(key, mine);
            mine.response().complete(response);
        }
    }

    /** Calls about one token may overtake each other: the later question counts, whichever answer comes last. */
    private IntrospectionResponse settle(TokenKey key, IntrospectionResponse response, Instant askedAt) {
        Remembered news = new Remembered(response, askedAt);
        if (response instanceof IntrospectionResponse.Active) {
            live.asMap().compute(key, (k, old) -> isNewer(dead.getIfPresent(key), news) ? old : newest(old, news));
        } else if (response instanceof IntrospectionResponse.Inactive) {
            dead.asMap().compute(key, (k, old) -> newest(old, news));
            live.asMap().computeIfPresent(key, (k, old) -> isNewer(old, news) ? old : null);
        }
        return response;
    }

    private static boolean isNewer(@Nullable Remembered one, Remembered other) {
        return one != null && one.askedAt().isAfter(other.askedAt());
    }

    private static Remembered newest(@Nullable Remembered old, Remembered news) {
        return old != null && isNewer(old, news) ? old : news;
    }

    /**
     * An answer that is a little too old, where the configuration prefers it to none: in an outage only. A server that
     * rejects us or this request is there, and when we did not ask it, nobody knows what it would have said.
     */
    private IntrospectionResponse orStale(TokenKey key, IntrospectionResponse response) {
        boolean wanted = !settings.staleIfError().isZero() && response instanceof IntrospectionResponse.Failed;
        Remembered old = wanted ? live.getIfPresent(key) : null;
        // What keeps the answers counts from their arrival; what happened while the server thought, none of them says.
        Duration longest = settings.lifetime().plus(settings.staleIfError());
        return old != null && isYounger(old.askedAt(), longest) ? old.response() : response;
    }
}
