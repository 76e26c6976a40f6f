package io.gatehouse.outbound;

import static java.lang.System.Logger.Level.DEBUG;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The token that the caller of the request under way was let in by. Asked anew for each call: nothing of a caller is kept
 * here. Thread-safe where the supplier is.
 *
 * @param client whose calls these are, for messages
 */
record CallersToken(String client, Supplier<Optional<ValidatedToken>> caller, WithoutCaller without, Clock clock) {

    private static final System.Logger LOG = ApplicationLog.of(CallersToken.class);

    /**
     * The token; empty where there is none and the call goes without.
     *
     * @throws TokenException where there is none, or it has ended meanwhile, and the call must not go without
     */
    Optional<ValidatedToken> get() {
        return usable(caller.get());
    }

    /** The same of a token that was looked up before; it may have ended since. */
    Optional<ValidatedToken> usable(Optional<ValidatedToken> token) {
        if (token.isEmpty()) {
            return without("there is no caller with a token");
        }
        boolean over = token.get()
                .expiresAt()
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
        return over ? without("the caller's token has ended meanwhile") : token;
    }

    /** Whose call it is on this thread now, for any thread. */
    CallersToken now() {
        Optional<ValidatedToken> found = caller.get();
        return new CallersToken(client, () -> found, without, clock);
    }

    private <T> Optional<T> without(String problem) {
        if (without == WithoutCaller.NO_HEADER) {
            LOG.log(DEBUG, "GATE0449 a call of client {0} goes without a token: {1}", client, problem);
            return Optional.empty();
        }
        throw new TokenException(
                new TokenResult.GrantRejected("client " + client + ": " + problem, "invalid_grant", null));
    }
}
