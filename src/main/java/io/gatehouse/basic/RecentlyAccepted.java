package io.gatehouse.basic;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for half a minute which name and password were right, because Basic callers send both with every request and
 * the answer is expensive by design. What was refused is not remembered. Requests that ask the same at the same time
 * share one answer.
 *
 * <p>Thread-safe. A changed password or a withdrawn client is known after {@link #LIFETIME} at the latest.
 */
final class RecentlyAccepted {

    static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final Duration BROKEN_OFF = Duration.ofSeconds(5);

    private final KeyedDigest digest = new KeyedDigest();
    private final Cache<String, PasswordResult> accepted;
    private final ConcurrentMap<String, CompletableFuture<PasswordResult>> underWay = new ConcurrentHashMap<>();

    RecentlyAccepted(Clock clock) {
        this.accepted = ExpiringEntries.lasting(LIFETIME, clock);
    }

    /**
     * The remembered answer, or else what deciding brings.
     *
     * @param waiting how to wait for the same decision where another thread is about to make it
     */
    PasswordResult get(
            String name,
            CharSequence password,
            Supplier<PasswordResult> decision,
            Function<CompletableFuture<PasswordResult>, PasswordResult> waiting) {
        String key = digest.of(name, password);
        PasswordResult remembered = remembered(key);
        return remembered != null ? remembered : decideOnce(key, decision, waiting);
    }

    long size() {
        return accepted.estimatedSize();
    }

    private @Nullable PasswordResult remembered(String key) {
        return accepted.getIfPresent(key);
    }

    private PasswordResult decideOnce(
            String key,
            Supplier<PasswordResult> decision,
            Function<CompletableFuture<PasswordResult>, PasswordResult> waiting) {
        CompletableFuture<PasswordResult> mine = new CompletableFuture<>();
        CompletableFuture<PasswordResult> earlier = underWay.putIfAbsent(key, mine);
        if (earlier != null) {
            return waiting.apply(earlier);
        }
        PasswordResult result = new PasswordResult.Unavailable(BROKEN_OFF);
        try {
            PasswordResult late = remembered(key); // by whoever was done between our look and our turn
            result = late != null ? late : decision.get();
            if (result instanceof PasswordResult.Accepted) {
                accepted.put(key, result);
            }
            return result;
        } finally {
            underWay.remove(key, mine);
            mine.complete(result);
        }
    }
}
