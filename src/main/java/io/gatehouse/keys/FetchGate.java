package io.gatehouse.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who may fetch, and when: one at a time, and not sooner after the last attempt than the cooldown, but for a small
 * reserve for unknown key ids. Thread-safe; its lock is held for a few assignments only.
 */
final class FetchGate {

    private final Duration cooldown;
    private final int fullReserve;

    private @Nullable CompletableFuture<Void> inFlight;
    private @Nullable Instant lastAttempt;
    private @Nullable Instant reserveCountedAt;
    private int reserve;

    FetchGate(Duration cooldown, int fullReserve) {
        this.cooldown = cooldown;
        this.fullReserve = fullReserve;
        this.reserve = fullReserve;
    }

    /**
     * Leave to fetch.
     *
     * @param fetch done when the fetch is over; done already where none is allowed now
     * @param mine whether the holder has to run the fetch, and then {@link #leave}
     */
    record Ticket(CompletableFuture<Void> fetch, boolean mine) {
        static final Ticket NONE = new Ticket(CompletableFuture.completedFuture(null), false);
    }

    /** For the first fetch, and for renewals. */
    synchronized Ticket enter(Instant now) {
        if (inFlight != null) {
            return new Ticket(inFlight, false);
        }
        return isCool(now) ? begin(now) : Ticket.NONE;
    }

    /** For a key id that the current set does not have. */
    synchronized Ticket enterForUnknownKey(Instant now) {
        if (inFlight != null) {
            return new Ticket(inFlight, false);
        }
        regain(now);
        if (reserve == 0) {
            return Ticket.NONE;
        }
        reserve--;
        return begin(now);
    }

    synchronized void leave(CompletableFuture<Void> fetch) {
        inFlight = null;
        fetch.complete(null);
    }

    private Ticket begin(Instant now) {
        CompletableFuture<Void> fetch = new CompletableFuture<>();
        inFlight = fetch;
        lastAttempt = now;
        return new Ticket(fetch, true);
    }

    private boolean isCool(Instant now) {
        return lastAttempt == null || !now.isBefore(lastAttempt.plus(cooldown));
    }

    /** One fetch is regained per cooldown, up to the full reserve; a full one gains nothing, however long it rests. */
    private void regain(Instant now) {
        Instant countedAt = reserveCountedAt == null ? now : reserveCountedAt;
        while (reserve < fullReserve && !now.isBefore(countedAt.plus(cooldown))) {
            countedAt = countedAt.plus(cooldown);
            reserve++;
        }
        reserveCountedAt = reserve == fullReserve ? now : countedAt;
    }
}
