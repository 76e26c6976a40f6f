package io.gatehouse.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who may fetch, and when: one at a time, and not sooner after the end of the last attempt than the cooldown, but for a
 * small reserve for key ids that nobody knows. Over any time there are no more fetches than cooldowns in it, and the
 * reserve, and one.
 *
 * <p>Thread-safe; its lock is held for a few assignments only. See {@code docs/decisions/0012} for the reasons.
 */
final class FetchGate {

    /** So many new unknown ids may come of a rotation and a few old tokens: each of them is looked for. */
    static final int FEW = 4;

    /** As many new unknown ids, and it is a flood. */
    static final int FLOOD = 100;

    /** Between the two nobody waits for a fetch, but so long for another with the same id. */
    static final Duration FOR_COMPANY = Duration.ofMillis(20);

    private static final int COOLDOWNS_BETWEEN = 2;

    /** The last of the reserve is for ids that come again: those of a rotation do, those of a flood are all new. */
    private static final int KEPT_FOR_RETURNING = 1;

    private static final int QUIET_COOLDOWNS = 5;

    /** No exchange may take longer: whoever had this flight was lost, and must not keep the gate closed. */
    private static final Duration LOST_AFTER = Duration.ofMinutes(3);

    private final Duration cooldown;
    private final int fullReserve;

    private @Nullable Flight inFlight;
    private long flights;
    private @Nullable Instant lastEnd;
    private @Nullable Instant lastStranger;
    private int strangers;
    private int reserve;

    FetchGate(Duration cooldown, int fullReserve) {
        this.cooldown = cooldown;
        this.fullReserve = fullReserve;
        this.reserve = fullReserve;
    }

    /** A fetch under way, numbered in order; {@code landed} is done when it is over, well or not. */
    record Flight(long number, Instant startedAt, CompletableFuture<Void> landed) {}

    /** What one who asks for a fetch has to do. */
    sealed interface Ticket {

        /** Make this fetch, and then {@link FetchGate#leave}. */
        record Run(Flight flight) implements Ticket {}

        /** Another makes this one already. */
        record Join(Flight flight) implements Ticket {}

        /** The next may be made then. */
        record Wait(Instant until) implements Ticket {}

        /** The next may not be made for this one, but may be made for others until then. */
        record Linger(Instant until) implements Ticket {}

        /** Do without. */
        record None() implements Ticket {}
    }

    /** For the first fetch, and for renewals. */
    synchronized Ticket enter(Instant now) {
        return enter(now, isCool(now), false);
    }

    /** For those who have waited, and still need one. */
    synchronized Ticket enterAfterWait(Instant now) {
        return enter(now, isCool(now), true);
    }

    /**
     * For a key id that nobody knows and that comes for the first time. It waits for its fetch if there are few of its
     * kind, or so many that nothing else would find a real one among them.
     */
    synchronized Ticket enterForStranger(Instant now) {
        countStranger(now);
        boolean waiting = strangers <= FEW || strangers > FLOOD;
        boolean cool = waiting ? isCool(now) : idleCooldowns(now) >= COOLDOWNS_BETWEEN;
        Ticket ticket = enter(now, cool || reserve > KEPT_FOR_RETURNING, waiting);
        return ticket instanceof Ticket.None ? new Ticket.Linger(now.plus(FOR_COMPANY)) : ticket;
    }

    /** For a key id that nobody knows and that comes again without having been looked for since. */
    synchronized Ticket enterForReturning(Instant now) {
        return enter(now, isCool(now) || reserve > 0, true);
    }

    private Ticket enter(Instant now, boolean allowed, boolean waiting) {
        if (inFlight != null && now.isBefore(inFlight.startedAt().plus(LOST_AFTER))) {
            return new Ticket.Join(inFlight);
        }
        if (allowed) {
            return run(now);
        }
        return waiting ? new Ticket.Wait(coolAt(now)) : new Ticket.None();
    }

    /** The fetch is over. */
    synchronized void leave(Flight flight, Instant now) {
        if (flight.equals(inFlight)) {
            inFlight = null;
            lastEnd = now;
        }
        flight.landed().complete(null);
    }

    /** The number of the last fetch that was started; zero before the first. */
    synchronized long started() {
        return flights;
    }

    /** When the next fetch may be made without the reserve; not before now. */
    synchronized Instant coolAt(Instant now) {
        return lastEnd == null || isCool(now) ? now : lastEnd.plus(cooldown);
    }

    private Ticket run(Instant now) {
        reserve = Math.min(fullReserve, reserve + idleCooldowns(now) - 1);
        inFlight = new Flight(++flights, now, new CompletableFuture<>());
        return new Ticket.Run(inFlight);
    }

    /** The first idle cooldown pays for the fetch that follows; each further one puts a fetch back into the reserve. */
    private int idleCooldowns(Instant now) {
        if (lastEnd == null || now.isBefore(lastEnd)) {
            return 1;
        }
        return (int) Math.min(
                fullReserve + 1L, Duration.between(lastEnd, now).toMillis() / Math.max(1, cooldown.toMillis()));
    }

    /** A clock that was set back must not close the gate for as long as it was set back by. */
    private boolean isCool(Instant now) {
        return lastEnd == null || now.isBefore(lastEnd) || !now.isBefore(lastEnd.plus(cooldown));
    }

    private void countStranger(Instant now) {
        boolean quiet =
                lastStranger == null || !now.isBefore(lastStranger.plus(cooldown.multipliedBy(QUIET_COOLDOWNS)));
        strangers = quiet ? 1 : Math.min(strangers, FLOOD) + 1;
        lastStranger = now;
    }
}
