package io.gatehouse.authorization;

import io.gatehouse.refusal.Refusal;
import io.gatehouse.token.ValidatedToken;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether a caller's token is still good. Implementations are thread-safe. */
@FunctionalInterface
public interface FreshnessCheck {

    /**
     * The answer for a caller whose token is no longer good, or about whom nothing can be found out; empty for everybody
     * else, also for callers without a token.
     *
     * @param caller whom the application sees, which may be a principal of its own; null where it sees nobody
     * @param token what the caller was let in by; null where that was no token
     */
    Optional<Refusal> refusal(@Nullable Principal caller, @Nullable ValidatedToken token, Duration maximumAge);
}
