package io.gatehouse.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.VerificationKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The key sets of the issuers that one template takes, made when they are first needed. Whoever sends tokens can invent
 * such issuers: so the sets are bounded in count and time, and so is how many of them come into being.
 *
 * <p>Thread-safe.
 */
final class KeysOfTemplate implements KeysOfIssuer {

    private static final int MAXIMUM_SETS = 1_000;
    private static final Duration UNUSED = Duration.ofHours(1);

    /** New sets at once, and how long it takes until there may be one more. */
    private static final int RESERVE = 20;

    private static final Duration PER_NEW_SET = Duration.ofMillis(500);

    private final Function<String, VerificationKeys> sets;
    private final Clock clock;
    private final Cache<String, VerificationKeys> known;
    private Instant reserveFullAt;

    KeysOfTemplate(Function<String, VerificationKeys> sets, Clock clock) {
        this.sets = sets;
        this.clock = clock;
        this.reserveFullAt = clock.instant();
        this.known = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_SETS)
                .expireAfterAccess(UNUSED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public VerificationKeys of(String issuer) {
        VerificationKeys set = known.getIfPresent(issuer);
        if (set != null) {
            return set;
        }
        return takeFromReserve()
                ? known.get(issuer, sets)
                : kid -> new KeyLookup.Unavailable(PER_NEW_SET.multipliedBy(2));
    }

    @Override
    public Collection<VerificationKeys> inUse() {
        return List.copyOf(known.asMap().values());
    }

    private synchronized boolean takeFromReserve() {
        Instant now = clock.instant();
        Instant full = reserveFullAt.isBefore(now) ? now : reserveFullAt;
        if (full.plus(PER_NEW_SET).isAfter(now.plus(PER_NEW_SET.multipliedBy(RESERVE)))) {
            return false;
        }
        reserveFullAt = full.plus(PER_NEW_SET);
        return true;
    }
}
