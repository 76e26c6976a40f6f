package io.gatehouse.basic;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong guesses, per name and address, per address and per name, and says when the next one will be heard. An IPv6
 * address stands for its network of 64 bits. Whether a name exists makes no difference.
 *
 * <p>The count per name alone slows down guesses at one password from many addresses. It is not asked where the name was
 * right within the last {@link #FAMILIAR}, so that nobody can lock somebody out of the places that he usually calls from.
 *
 * <p>Thread-safe and bounded in memory. Requests that are under way at the same time are counted when they fail, so that a
 * burst may pass the limit by as many as the server handles at once, once per window.
 */
public final class FailureLimiter {

    /** How long an address is familiar for a name, counted from the last time when the two were right. */
    static final Duration FAMILIAR = Duration.ofDays(7);

    private static final String ANY_ADDRESS = "*";

    private record Failures(int count, Instant since) {}

    private final FailureLimits limits;
    private final Clock clock;
    private final KeyedDigest digest = new KeyedDigest();
    private final Cache<String, Failures> byCaller;
    private final Cache<String, Failures> byAddress;
    private final Cache<String, Failures> byName;
    private final Cache<String, Instant> familiar;

    public FailureLimiter(FailureLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.byCaller = ExpiringEntries.lasting(limits.window(), clock);
        this.byAddress = ExpiringEntries.lasting(limits.window(), clock);
        this.byName = ExpiringEntries.lasting(limits.window(), clock);
        this.familiar = ExpiringEntries.renewable(FAMILIAR, clock);
    }

    /** How long to wait; empty where another attempt is heard now, whether it is good or bad. */
    public Optional<Duration> pause(String name, String address) {
        String block = AddressBlock.of(address);
        String caller = digest.of(block, name);
        return Stream.of(
                        pause(byAddress.getIfPresent(block), limits.perAddress()),
                        pause(byCaller.getIfPresent(caller), limits.perCaller()),
                        pause(strangersFailures(name, caller), limits.perName()))
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
    }

    private @Nullable Failures strangersFailures(String name, String caller) {
        return familiar.getIfPresent(caller) == null ? byName.getIfPresent(digest.of(ANY_ADDRESS, name)) : null;
    }

    private Optional<Duration> pause(@Nullable Failures failures, int limit) {
        return failures == null || failures.count() < limit
                ? Optional.empty()
                : Optional.of(Duration.between(clock.instant(), failures.since().plus(limits.window())));
    }

    /** A wrong guess. */
    public void failed(String name, String address) {
        count(byAddress, AddressBlock.of(address));
        failedInPart(name, address);
    }

    /**
     * A guess that one of those who were asked called wrong, while another could not tell: it counts for its name, or an
     * outage of one would be a time for guesses at the other. It does not count for its address, whose other callers have
     * nothing to do with the outage.
     */
    public void failedInPart(String name, String address) {
        count(byCaller, digest.of(AddressBlock.of(address), name));
        count(byName, digest.of(ANY_ADDRESS, name));
    }

    private void count(Cache<String, Failures> failures, String key) {
        failures.asMap()
                .merge(
                        key,
                        new Failures(1, clock.instant()),
                        (before, one) -> new Failures(before.count() + 1, before.since()));
    }

    /**
     * The right password: the name starts anew from this address, which is familiar from now on. The address does not
     * start anew, or else one account of his own would let somebody try all the others. Nor does the count of the name,
     * whose owner may well be calling while others guess.
     */
    public void succeeded(String name, String address) {
        String caller = digest.of(AddressBlock.of(address), name);
        byCaller.invalidate(caller);
        familiar.put(caller, clock.instant());
    }

    /** How many names and addresses are remembered; an estimate. */
    public long size() {
        return Stream.of(byCaller, byAddress, byName, familiar)
                .mapToLong(Cache::estimatedSize)
                .sum();
    }
}
