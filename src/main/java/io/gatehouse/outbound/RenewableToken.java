package io.gatehouse.outbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A token that is fetched when it is first needed, and renewed before it ends.
 *
 * <p>FRESH: handed out. STALE: handed out, and one thread renews it behind. EXPIRED: everybody waits for the one renewal,
 * and is told the same where it fails. After a failure nobody asks for a while ({@link Backoff}), and a token that is not
 * over yet is used on.
 *
 * <p>Thread-safe: one immutable {@link Snapshot} behind one reference, and one {@link Flight} at a time. The flight is
 * over only after its token can be seen, so whoever finds none under way looks at the snapshot again.
 */
final class RenewableToken {

    /** Where a token comes from. Asked by one thread at a time. */
    @FunctionalInterface
    interface Source {

        /** A new token; {@code replaced} is the last one, null where there was none. */
        TokenResult fetch(@Nullable TokenResponse replaced);

        /** What has turned up since the last failure, while the server is not to be asked the same again; asked often. */
        default Optional<TokenResult> fetchWhilePaused(@Nullable TokenResponse replaced) {
            return Optional.empty();
        }
    }

    /** What becomes known of renewals, for a log. */
    interface Listener {

        /** There is a new token; at last, after failures, or as it should be. */
        void renewed(boolean atLast, Duration life);

        /** There is none; for the first time, or still. */
        void failed(boolean first, TokenResult.Failed failure);
    }

    /**
     * How it is renewed.
     *
     * @param renewBefore see {@link Lifetime#of}
     * @param timeout how long a thread waits for a renewal that another one makes
     * @param end no token is used beyond; null for none
     */
    record Rules(
            @Nullable Duration renewBefore,
            Duration timeout,
            Backoff backoff,
            @Nullable Instant end) {}

    /** Between two complaints about a token: one that nobody takes must not become a flood of requests. */
    static final Duration COMPLAINT_PAUSE = Duration.ofSeconds(5);

    private static final TokenResult.Failed NOT_ASKED =
            new TokenResult.Unreachable("nobody has asked for a token yet", null);

    private final Source source;
    private final Rules rules;
    private final Listener listener;
    private final Clock clock;
    private final Executor executor;
    private final AtomicReference<Snapshot> snapshot;
    private final AtomicReference<@Nullable Flight> underWay = new AtomicReference<>();

    /** @param initial a token that is there already, or null */
    RenewableToken(
            Source source,
            Rules rules,
            Listener listener,
            @Nullable TokenResponse initial,
            Clock clock,
            Executor executor) {
        this.source = source;
        this.rules = rules;
        this.listener = listener;
        this.clock = clock;
        this.executor = executor;
        this.snapshot = new AtomicReference<>(Snapshot.of(initial == null ? null : held(initial)));
    }

    private record Held(TokenResult.Granted granted, Lifetime lifetime) {
        String value() {
            return granted.response().accessToken();
        }

        @Override
        public String toString() {
            return "Held[hidden]";
        }
    }

    /**
     * All that is known.
     *
     * @param suspect somebody did not take the token, and it has not been renewed since
     * @param nextComplaint when the next complaint is heard
     * @param nextAttempt when the next renewal may begin
     */
    private record Snapshot(
            @Nullable Held held,
            boolean suspect,
            Instant nextComplaint,
            int failures,
            TokenResult.Failed lastFailure,
            Instant nextAttempt) {

        static Snapshot of(@Nullable Held held) {
            return new Snapshot(held, false, Instant.MIN, 0, NOT_ASKED, Instant.MIN);
        }

        boolean isGood(Instant now) {
            return held != null && !held.lifetime().isOver(now);
        }

        boolean isFresh(Instant now) {
            return held != null && !suspect && !held.lifetime().isStale(now);
        }

        Snapshot suspected(Instant next) {
            return new Snapshot(held, true, next, failures, lastFailure, nextAttempt);
        }

        Snapshot renewed(Held news) {
            return new Snapshot(news, false, nextComplaint, 0, NOT_ASKED, Instant.MIN);
        }

        Snapshot failed(TokenResult.Failed failure, Instant next) {
            return new Snapshot(held, false, nextComplaint, failures + 1, failure, next);
        }
    }

    /** One renewal. Whoever takes it makes it: not always the one who asked for it, who may be waiting for a thread. */
    private static final class Flight {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<TokenResult> landed = new CompletableFuture<>();
    }

    private Snapshot known() {
        return Objects.requireNonNull(snapshot.get());
    }

    /** The token, or why there is none. May wait for a renewal. */
    TokenResult get() {
        Instant now = clock.instant();
        Snapshot seen = known();
        if (seen.held() == null || !seen.isGood(now)) {
            return orStillGood(renew());
        }
        if (!seen.isFresh(now)) {
            renewBehind(now);
        }
        return seen.held().granted();
    }

    /** A server that cannot be asked is no reason to throw away what may be taken elsewhere. */
    private TokenResult orStillGood(TokenResult result) {
        Held held = known().held();
        return result instanceof TokenResult.Failed
                        && held != null
                        && !held.lifetime().isOver(clock.instant())
                ? held.granted()
                : result;
    }

    /**
     * Somebody did not take this token. Says whether the next one may be another; whoever asks for it next has it renewed,
     * once for all who complain.
     */
    private boolean suspect(String refused) {
        Instant now = clock.instant();
        while (true) {
            Snapshot seen = known();
            if (seen.held() == null || seen.suspect() || !seen.held().value().equals(refused)) {
                return true;
            }
            if (now.isBefore(seen.nextComplaint()) || now.isBefore(seen.nextAttempt())) {
                return false;
            }
            if (snapshot.compareAndSet(seen, seen.suspected(now.plus(COMPLAINT_PAUSE)))) {
                return true;
            }
        }
    }

    /**
     * Somebody did not take this token: says whether there is another one now. Whoever complains waits for the renewal, and
     * nobody else does: the token may be as good as ever elsewhere.
     */
    boolean renewAfterRefusal(String refused) {
        if (!suspect(refused)) {
            return false;
        }
        TokenResult next = known().suspect() ? renew() : get();
        return next instanceof TokenResult.Granted granted
                && !granted.response().accessToken().equals(refused);
    }

    /** Makes the one renewal, or waits for the one that runs. */
    private TokenResult renew() {
        Flight mine = new Flight();
        Flight earlier = underWay.compareAndExchange(null, mine);
        Flight flight = earlier == null ? mine : earlier;
        fly(flight);
        return await(flight.landed);
    }

    private void renewBehind(Instant now) {
        Flight mine = new Flight();
        if (now.isBefore(known().nextAttempt()) || !underWay.compareAndSet(null, mine)) {
            return;
        }
        try {
            executor.execute(() -> fly(mine));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            if (mine.taken.compareAndSet(false, true)) {
                land(mine, new TokenResult.Unreachable("there is no thread to renew the token", null));
            }
        }
    }

    private void fly(Flight flight) {
        if (!flight.taken.compareAndSet(false, true)) {
            return;
        }
        TokenResult result = new TokenResult.Unreachable("the renewal was broken off", null);
        try {
            result = renewIfNeeded();
        } finally {
            land(flight, result);
        }
    }

    private void land(Flight flight, TokenResult result) {
        underWay.set(null);
        flight.landed.complete(result);
    }

    /** Whoever looked before another renewal was over need not make one more. */
    private TokenResult renewIfNeeded() {
        Instant now = clock.instant();
        Snapshot seen = known();
        if (seen.held() != null && seen.isFresh(now)) {
            return seen.held().granted();
        }
        TokenResponse last = seen.held() == null ? null : seen.held().granted().response();
        return now.isBefore(seen.nextAttempt())
                ? ask(() -> source.fetchWhilePaused(last)).orElse(seen.lastFailure())
                : ask(() -> Optional.of(source.fetch(last))).orElseThrow();
    }

    private Optional<TokenResult> ask(Supplier<Optional<TokenResult>> question) {
        Optional<TokenResult> result;
        try {
            result = question.get();
        } catch (RuntimeException broken) {
            // Not its message: nobody knows what is in there.
            result = Optional.of(new TokenResult.Unreachable(
                    "the renewal ended with " + broken.getClass().getName(), null));
        }
        return result.map(known -> known.match(this::renewed, this::failed));
    }

    private TokenResult renewed(TokenResult.Granted granted) {
        Held news = held(granted.response());
        if (news.lifetime().isOver(clock.instant())) {
            return failed(new TokenResult.Unreachable("the token was over when it came", null));
        }
        boolean atLast = known().failures() > 0;
        snapshot.updateAndGet(seen -> seen.renewed(news));
        listener.renewed(
                atLast,
                Duration.between(
                        granted.response().requestedAt(), news.lifetime().expiresAt()));
        return granted;
    }

    private TokenResult failed(TokenResult.Failed failure) {
        Instant now = clock.instant();
        int inARow = known().failures() + 1;
        Instant next = now.plus(rules.backoff().after(failure, inARow));
        snapshot.updateAndGet(seen -> seen.failed(failure, next));
        listener.failed(inARow == 1, failure);
        return failure;
    }

    private Held held(TokenResponse response) {
        Lifetime lifetime = Lifetime.of(response, rules.renewBefore());
        return new Held(
                new TokenResult.Granted(response), rules.end() == null ? lifetime : lifetime.until(rules.end()));
    }

    /** These are the threads of requests, and there may be many: none waits beyond its own deadline. */
    private TokenResult await(CompletableFuture<TokenResult> renewal) {
        try {
            return renewal.get(rules.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new TokenResult.Unreachable("the wait for a token was broken off", null);
        } catch (TimeoutException | ExecutionException without) {
            return new TokenResult.Unreachable("the renewal of the token takes too long", null);
        }
    }

    @Override
    public String toString() {
        return "RenewableToken[hidden]";
    }
}
