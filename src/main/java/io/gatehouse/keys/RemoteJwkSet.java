package io.gatehouse.keys;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.http.FetchResult;
import io.gatehouse.json.Base64Url;
import io.gatehouse.keys.FetchGate.Flight;
import io.gatehouse.keys.FetchGate.Ticket;
import io.gatehouse.keys.UnknownKeyIds.Presentation;
import io.gatehouse.log.ApplicationLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer behind a URL: fetched at the first token, renewed behind the requests' back, kept through an
 * outage.
 *
 * <p>Thread-safe: one immutable {@link Snapshot} behind one reference; one fetch in flight whatever the number of
 * threads, because the one who may start it is told under {@link FetchGate}'s lock; nobody waits for a fetch while
 * holding a lock. For a known key nobody waits, unless its set is too old and the issuer seems to be within reach.
 */
final class RemoteJwkSet implements VerificationKeys {

    /** A JWK Set is wanted, but what is there may be PEM as well (MicroProfile JWT 2.1 §9.2.3), under any type. */
    static final Map<String, String> HEADERS =
            Map.of("Accept", "application/jwk-set+json, application/json, */*;q=0.5");

    /** How long a request waits for a fetch that it cannot do without: as long as one takes by default. */
    private static final Duration FOR_A_FETCH = Duration.ofSeconds(10);

    /** How long a request with a known key waits for the renewal of a set that is too old. */
    private static final Duration FOR_A_RENEWAL = Duration.ofSeconds(2);

    /** How long, counted from its start, a fetch is waited for after one that failed: an issuer that is back is quick. */
    private static final Duration FOR_A_TRIAL = Duration.ofSeconds(1);

    /** Timers and clocks differ a little. */
    private static final Duration LITTLE_MORE = Duration.ofMillis(2);

    /** Join an older fetch, wait, be woken early by it, wait again, join or run the next: more turns are not needed. */
    private static final int MAXIMUM_TURNS = 6;

    private static final Duration LEAST_RETRY_AFTER = Duration.ofSeconds(1);

    private static final System.Logger LOG = ApplicationLog.of(RemoteJwkSet.class);

    private final Supplier<URI> place;
    private final Supplier<FetchResult> fetcher;
    private final KeyTextParser parser;
    private final RemoteJwkSetSettings settings;
    private final Clock clock;
    private final Executor executor;
    private final WaitingPlaces.Patience patience;
    private final FetchGate gate;
    private final WaitingPlaces places;
    private final UnknownKeyIds unknownIds = new UnknownKeyIds();
    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable Failure lastFailure;
    private volatile boolean outOfReach;
    private boolean distrusted;

    RemoteJwkSet(
            URI location,
            Supplier<FetchResult> fetcher,
            KeyPolicy policy,
            RemoteJwkSetSettings settings,
            Clock clock,
            Executor executor,
            WaitingPlaces.Patience patience) {
        this(() -> location, fetcher, policy, settings, clock, executor, patience);
    }

    /** @param place where the keys are, as far as that is known by now; for the log */
    RemoteJwkSet(
            Supplier<URI> place,
            Supplier<FetchResult> fetcher,
            KeyPolicy policy,
            RemoteJwkSetSettings settings,
            Clock clock,
            Executor executor,
            WaitingPlaces.Patience patience) {
        this.place = place;
        this.fetcher = fetcher;
        this.parser = new KeyTextParser(policy);
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.patience = patience;
        this.gate = new FetchGate(settings.cooldown(), settings.reserve());
        this.places = new WaitingPlaces(patience);
    }

    /** The keys of one answer; {@code askedAt} is when its fetch started. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content where it is compared
    private record Snapshot(
            long flight,
            KeySet keys,
            byte[] body,
            List<String> skipped,
            Instant askedAt,
            Duration renewalAge,
            long freshUntil) {

        /** {@code freshUntil} says in milliseconds when it is old enough to be renewed, and so many too early at most. */
        Snapshot(long flight, KeySet keys, byte[] body, List<String> skipped, Instant askedAt, Duration renewalAge) {
            this(
                    flight,
                    keys,
                    body,
                    skipped,
                    askedAt,
                    renewalAge,
                    askedAt.plus(renewalAge).toEpochMilli());
        }

        boolean isOlderThan(Duration age, Instant now) {
            return !now.isBefore(askedAt.plus(age));
        }
    }

    private record Failure(String problem, Instant at) {}

    /**
     * What is looked for.
     *
     * @param kid as the token names it
     * @param id what the search is remembered by
     * @param tried keys that did not do; null where there were none
     * @param since the number of the last fetch that was started before the token came
     */
    private record Search(@Nullable String kid, String id, KeyLookup.@Nullable Found tried, long since) {

        KeyLookup.@Nullable Found in(KeySet keys) {
            return keys.lookup(kid) instanceof KeyLookup.Found found && !found.equals(tried) ? found : null;
        }
    }

    @Override
    public KeyLookup lookup(@Nullable String kid) {
        Snapshot fresh = snapshot;
        if (fresh != null && clock.millis() < fresh.freshUntil()) {
            KeyLookup found = fresh.keys().lookup(kid);
            if (found instanceof KeyLookup.Found) {
                return found; // the way of nearly every token: no lock, nothing made
            }
        }
        long since = gate.started();
        Snapshot current = renewedIfDue(clock.instant());
        if (current == null) {
            return unavailable();
        }
        KeyLookup found = current.keys().lookup(kid);
        if (found instanceof KeyLookup.Found) {
            return found;
        }
        return search(new Search(kid, kid == null ? "" : kid, null, since), current);
    }

    /** A key that the token named and that did not verify it will not do so after a fetch: issuers change the id too. */
    @Override
    public KeyLookup lookupOther(@Nullable String kid, byte[] signature, KeyLookup.Found tried) {
        Snapshot current = usable(clock.instant());
        if (current == null) {
            return unavailable();
        }
        return current.keys().has(kid)
                ? new KeyLookup.NotFound()
                : search(new Search(kid, digest(signature), tried, gate.started()), current);
    }

    private static String digest(byte[] signature) {
        try {
            return " " + Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(signature));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private @Nullable Snapshot usable(Instant now) {
        Snapshot current = snapshot;
        return current == null || current.isOlderThan(settings.usableFor(), now) ? null : current;
    }

    private @Nullable Snapshot renewedIfDue(Instant now) {
        Snapshot current = usable(now);
        if (current == null) {
            await(start(gate.enter(now)), FOR_A_FETCH);
            return usable(clock.instant());
        }
        if (!current.isOlderThan(current.renewalAge(), now)) {
            return current;
        }
        Ticket ticket = start(gate.enter(now));
        if (current.isOlderThan(RemoteJwkSetSettings.longestAge(current.renewalAge()), now) && !outOfReach) {
            await(ticket, FOR_A_RENEWAL);
            return usable(clock.instant());
        }
        return current;
    }

    private KeyLookup search(Search search, Snapshot current) {
        KeyLookup.Found found = search.in(current.keys());
        if (found != null) {
            return found;
        }
        Instant now = clock.instant();
        Presentation presentation =
                unknownIds.present(search.id(), now, search.since(), current.flight(), current.askedAt());
        if (presentation == Presentation.ABSENT || UnknownKeyIds.tells(current.flight(), search.since())) {
            return notFound();
        }
        boolean returning = presentation == Presentation.AGAIN;
        return search(search, returning, returning ? gate.enterForReturning(now) : gate.enterForStranger(now));
    }

    /** Goes on until a fetch that is younger than the search has brought its answer, or there will be none. */
    private KeyLookup search(Search search, boolean returning, Ticket first) {
        Ticket ticket = first;
        for (int turn = 0; turn < MAXIMUM_TURNS; turn++) {
            if (flight(ticket) == null && outOfReach) {
                return unavailable();
            }
            boolean stayed = awaitTurn(start(ticket), returning);
            Snapshot current = usable(clock.instant());
            KeyLookup.Found found = current == null ? null : search.in(current.keys());
            if (found != null) {
                return found;
            }
            if (ticket instanceof Ticket.Linger || isSettled(search) || outOfReach) {
                return notFound();
            }
            if (!stayed) {
                return unavailable();
            }
            ticket = gate.enterAfterWait(clock.instant());
        }
        return unavailable();
    }

    private boolean isSettled(Search search) {
        Snapshot current = snapshot;
        return current != null && UnknownKeyIds.tells(current.flight(), search.since());
    }

    /** False if others took the place. */
    private boolean awaitTurn(Ticket ticket, boolean returning) {
        Instant until = end(ticket);
        if (until == null) {
            await(ticket, FOR_A_FETCH);
            return true;
        }
        Duration atMost = Duration.between(clock.instant(), until).plus(LITTLE_MORE);
        WaitingPlaces.Outcome outcome = returning ? places.awaitAsReturning(atMost) : places.awaitAsStranger(atMost);
        return outcome != WaitingPlaces.Outcome.SENT_AWAY;
    }

    private void await(Ticket ticket, Duration atMost) {
        Flight flight = flight(ticket);
        if (flight == null) {
            return;
        }
        Duration trial = Duration.between(clock.instant(), flight.startedAt().plus(FOR_A_TRIAL));
        Duration wait = outOfReach ? trial : atMost;
        if (!wait.isNegative()) {
            patience.await(flight.landed(), wait);
        }
    }

    private static @Nullable Flight flight(Ticket ticket) {
        if (ticket instanceof Ticket.Run run) {
            return run.flight();
        }
        return ticket instanceof Ticket.Join join ? join.flight() : null;
    }

    private static @Nullable Instant end(Ticket ticket) {
        if (ticket instanceof Ticket.Wait wait) {
            return wait.until();
        }
        return ticket instanceof Ticket.Linger linger ? linger.until() : null;
    }

    private KeyLookup notFound() {
        return outOfReach ? unavailable() : new KeyLookup.NotFound();
    }

    private KeyLookup unavailable() {
        Duration cooldown = settings.cooldown();
        return new KeyLookup.Unavailable(cooldown.compareTo(LEAST_RETRY_AFTER) > 0 ? cooldown : LEAST_RETRY_AFTER);
    }

    private Ticket start(Ticket ticket) {
        if (ticket instanceof Ticket.Run run) {
            try {
                executor.execute(() -> fetch(run.flight()));
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                land(run.flight(), "no thread of our own is free");
            }
        }
        return ticket;
    }

    /** Whatever happens in here, the flight lands: else nobody would fetch again. */
    private void fetch(Flight flight) {
        String problem = "the fetch was broken off";
        try {
            problem = fetcher.get()
                    .match(
                            ok -> accept(ok, flight),
                            refused -> "it answered " + refused.status(),
                            unreachable -> unreachable.problem());
        } catch (RuntimeException defect) {
            problem = "the fetch failed here, with " + defect.getClass().getName();
            reportDefect(defect);
        } finally {
            land(flight, problem);
        }
    }

    private void land(Flight flight, @Nullable String problem) {
        try {
            report(problem);
        } finally {
            gate.leave(flight, clock.instant());
            places.fetched();
        }
    }

    /** Takes the keys of an answer, or says what is wrong with it; the last good set then stays. */
    private synchronized @Nullable String accept(FetchResult.Ok answer, Flight flight) {
        Snapshot before = snapshot;
        if (before != null && before.flight() > flight.number()) {
            return null; // late: a younger answer is here already
        }
        Duration renewalAge = settings.renewalAge(answer.maxAge());
        if (before != null && Arrays.equals(before.body(), answer.body())) {
            snapshot = new Snapshot(
                    flight.number(), before.keys(), before.body(), before.skipped(), flight.startedAt(), renewalAge);
            return null;
        }
        KeyTextParser.Parsed parsed;
        try {
            parsed = parser.parse(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (UnusableKeyException unusable) {
            return unusable.reason();
        }
        if (parsed.keys().isEmpty()) {
            return "it has no usable key " + parsed.skipped();
        }
        KeySet keys = new KeySet(parsed.keys());
        snapshot = new Snapshot(flight.number(), keys, answer.body(), parsed.skipped(), flight.startedAt(), renewalAge);
        reportKeys(parsed, before);
        return null;
    }

    /** Each key that is left out is named once, not with every fetch. */
    private void reportKeys(KeyTextParser.Parsed parsed, @Nullable Snapshot before) {
        if (before == null) {
            LOG.log(INFO, "GATE0101 keys fetched from {1}: {0}", parsed.keys().size(), place.get());
        } else {
            LOG.log(
                    INFO,
                    "GATE0105 key set {0} has changed; keys in it now: {1}",
                    place.get(),
                    parsed.keys().size());
        }
        List<String> known = before == null ? List.of() : before.skipped();
        parsed.skipped().stream()
                .filter(skipped -> !known.contains(skipped))
                .forEach(skipped -> LOG.log(INFO, "GATE0102 key set {0}: skipped {1}", place.get(), skipped));
    }

    /** One line per change of state: an outage is worth a warning, not one per request. */
    private synchronized void report(@Nullable String problem) {
        boolean wasOutOfReach = outOfReach;
        outOfReach = problem != null;
        if (problem == null) {
            distrusted = false;
            if (wasOutOfReach) {
                LOG.log(INFO, "GATE0104 keys can be fetched from {0} again", place.get());
            }
            return;
        }
        Instant now = clock.instant();
        lastFailure = new Failure(problem, now);
        Snapshot kept = snapshot;
        boolean tooOld = kept != null && kept.isOlderThan(settings.usableFor(), now);
        if (!wasOutOfReach) {
            LOG.log(WARNING, "GATE0103 no keys from {0}: {1}; {2}", place.get(), problem, consequence(kept, tooOld));
        } else if (tooOld && !distrusted) {
            LOG.log(
                    WARNING,
                    "GATE0125 the keys from {0} are too old to be trusted: {1}; {2}",
                    place.get(),
                    problem,
                    consequence(kept, true));
        }
        distrusted = tooOld;
    }

    private String consequence(@Nullable Snapshot kept, boolean tooOld) {
        return kept == null || tooOld
                ? "tokens that need them get 503"
                : "those known stay in use until "
                        + kept.askedAt().plus(settings.usableFor()).truncatedTo(ChronoUnit.SECONDS);
    }

    private void reportDefect(RuntimeException defect) {
        if (!outOfReach) {
            LOG.log(
                    ERROR,
                    "GATE0106 a defect of Gatehouse: the fetch of the key set " + place.get() + " failed",
                    defect);
        }
    }

    KeySetStatus status() {
        Snapshot current = snapshot;
        Failure failure = lastFailure;
        return new KeySetStatus(
                place.get(),
                !outOfReach,
                current == null ? 0 : current.keys().size(),
                current == null ? null : current.askedAt(),
                failure == null ? null : failure.problem(),
                failure == null ? null : failure.at(),
                gate.coolAt(clock.instant()),
                current == null ? List.of() : current.skipped(),
                List.of());
    }

    @Override
    public String toString() {
        return "RemoteJwkSet[" + place.get() + "]";
    }
}
