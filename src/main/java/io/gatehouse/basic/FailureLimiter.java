package io.gatehouse.basic;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong guesses, per name and address and per address, and says when the next one will be heard. Never by name
 * alone: anybody could lock anybody out. Whether a name exists makes no difference.
 *
 * <p>Thread-safe and bounded in memory. Requests that are under way at the same time are counted when they fail, so that a
 * burst may pass the limit by as many as the server handles at once, once per window.
 */
public final class FailureLimiter {

    private record Failures(int count, Instant since) {}

    private final FailureLimits limits;
    private final Clock clock;
    private final KeyedDigest digest = new KeyedDigest();
    private final Cache<String, Failures> byCaller;
    private final Cache<String, Failures> byAddress;

    public FailureLimiter(FailureLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.byCaller = ExpiringEntries.lasting(limits.window(), clock);
        this.byAddress = ExpiringEntries.lasting(limits.window(), clock);
    }

    /** How long to wait; empty where another attempt is heard now, whether it is good or bad. */
    public Optional<Duration> pause(String name, String address) {
        return Stream.concat(
                        pause(byAddress.getIfPresent(address), limits.perAddress()).stream(),
                        pause(byCaller.getIfPresent(digest.of(address, name)), limits.perCaller()).stream())
                .max(Duration::compareTo);
    }

    private Optional<Duration> pause(@Nullable Failures failures, int limit) {
        return failures == null || failures.count() < limit
                ? Optional.empty()
                : Optional.of(Duration.between(clock.instant(), failures.since().plus(limits.window())));
    }

    /** A wrong guess. */
    public void failed(String name, String address) {
        count(byCaller, digest.of(address, name));
        count(byAddress, address);
    }

    private void count(Cache<String, Failures> failures, String key) {
        failures.asMap()
                .merge(
                        key,
                        new Failures(1, clock.instant()),
                        (before, one) -> new Failures(before.count() + 1, before.since()));
    }

    /**
     * The right password: the name starts anew from this address. The address does not, or else one account of his own
     * would let somebody try all the others.
     */
    public void succeeded(String name, String address) {
        byCaller.invalidate(digest.of(address, name));
    }

    /** How many names and addresses are remembered. */
    long size() {
        return byCaller.estimatedSize() + byAddress.estimatedSize();
    }
}
