package io.gatehouse.keys;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.http.FetchResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer behind a URL: fetched at the first token, renewed behind the requests' back, kept through an
 * outage.
 *
 * <p>Thread-safe: one immutable {@link Snapshot} behind one reference; one fetch in flight whatever the number of
 * threads, because the one who may start it is told under {@link FetchGate}'s lock; nobody waits for a fetch while
 * holding a lock. A known key is never waited for.
 */
final class RemoteJwkSet implements VerificationKeys {

    /** A JWK Set is wanted, but what is there may be PEM as well (MicroProfile JWT 2.1 §9.2.3), under any type. */
    static final Map<String, String> HEADERS =
            Map.of("Accept", "application/jwk-set+json, application/json, */*;q=0.5");

    private static final System.Logger LOG = System.getLogger(RemoteJwkSet.class.getName());

    private final URI location;
    private final Supplier<FetchResult> fetcher;
    private final KeyTextParser parser;
    private final RemoteJwkSetSettings settings;
    private final Clock clock;
    private final Executor executor;
    private final FetchGate gate;
    private final AtomicReference<@Nullable Snapshot> snapshot = new AtomicReference<>();
    private volatile boolean outOfReach;

    RemoteJwkSet(
            URI location,
            Supplier<FetchResult> fetcher,
            KeyPolicy policy,
            RemoteJwkSetSettings settings,
            Clock clock,
            Executor executor) {
        this.location = location;
        this.fetcher = fetcher;
        this.parser = new KeyTextParser(policy);
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.gate = new FetchGate(settings.cooldown(), settings.reserve());
    }

    private record Snapshot(KeySet keys, Instant fetchedAt) {}

    @Override
    public KeyLookup lookup(@Nullable String kid) {
        Instant now = clock.instant();
        Snapshot current = usable(now);
        if (current == null) {
            return fetchAndLookUp(kid, gate.enter(now));
        }
        KeyLookup found = current.keys().lookup(kid);
        if (!(found instanceof KeyLookup.Found)) {
            return fetchAndLookUp(kid, gate.enterForUnknownKey(now));
        }
        if (!now.isBefore(current.fetchedAt().plus(settings.refreshAfter()))) {
            start(gate.enter(now));
        }
        return found;
    }

    private @Nullable Snapshot usable(Instant now) {
        Snapshot current = snapshot.get();
        boolean usable = current != null && now.isBefore(current.fetchedAt().plus(settings.usableFor()));
        return usable ? current : null;
    }

    /** Waits for the fetch that the ticket is for, if any, and then answers from what there is. */
    private KeyLookup fetchAndLookUp(@Nullable String kid, FetchGate.Ticket ticket) {
        start(ticket);
        ticket.fetch().join();
        Instant now = clock.instant();
        Snapshot current = usable(now);
        if (current == null) {
            return new KeyLookup.Unavailable(settings.cooldown());
        }
        KeyLookup answer = current.keys().lookup(kid);
        boolean failedToLook = outOfReach && !(answer instanceof KeyLookup.Found);
        return failedToLook ? new KeyLookup.Unavailable(settings.cooldown()) : answer;
    }

    private void start(FetchGate.Ticket ticket) {
        if (!ticket.mine()) {
            return;
        }
        try {
            executor.execute(() -> fetch(ticket.fetch()));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            gate.leave(ticket.fetch());
        }
    }

    private void fetch(CompletableFuture<Void> flight) {
        try {
            Instant startedAt = clock.instant();
            String problem = fetcher.get()
                    .match(
                            ok -> accept(ok.body(), startedAt),
                            refused -> "it answered " + refused.status(),
                            unreachable -> unreachable.problem());
            report(problem);
        } finally {
            gate.leave(flight);
        }
    }

    /** Takes the keys of an answer, or says what is wrong with it; the last good set then stays. */
    private @Nullable String accept(byte[] body, Instant startedAt) {
        KeyTextParser.Parsed parsed;
        try {
            parsed = parser.parse(new String(body, StandardCharsets.UTF_8));
        } catch (UnusableKeyException unusable) {
            return unusable.reason();
        }
        if (parsed.keys().isEmpty()) {
            return "it has no usable key " + parsed.skipped();
        }
        Snapshot before = snapshot.getAndSet(new Snapshot(new KeySet(parsed.keys()), startedAt));
        if (before == null) {
            reportKeys(parsed);
        }
        return null;
    }

    private void reportKeys(KeyTextParser.Parsed parsed) {
        LOG.log(INFO, "GATE0101 {0} keys from {1}", parsed.keys().size(), location);
        for (String skipped : parsed.skipped()) {
            LOG.log(INFO, "GATE0102 key set {0}: skipped {1}", location, skipped);
        }
    }

    /** One line per change of state: an outage is worth a warning, not one per request. */
    private void report(@Nullable String problem) {
        boolean wasOutOfReach = outOfReach;
        outOfReach = problem != null;
        if (problem != null && !wasOutOfReach) {
            LOG.log(WARNING, "GATE0103 key set {0} is out of reach: {1}; known keys stay in use", location, problem);
        } else if (problem == null && wasOutOfReach) {
            LOG.log(INFO, "GATE0104 key set {0} is within reach again", location);
        }
    }

    @Override
    public String toString() {
        return "RemoteJwkSet[" + location + "]";
    }
}
