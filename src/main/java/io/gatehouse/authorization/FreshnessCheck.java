package io.gatehouse.authorization;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Finds out whether a caller's token is still good. Implementations are thread-safe. */
@FunctionalInterface
public interface FreshnessCheck {

    /**
     * The answer for a caller whose token is no longer good, or about whom nothing can be found out; empty for everybody
     * else, also for callers without a token.
     */
    Optional<Refusal> refusal(Principal caller, Duration maximumAge);

    /** Status and headers of an answer that ends a request. */
    record Refusal(int status, Map<String, String> headers) {
        public Refusal {
            headers = Map.copyOf(headers);
        }
    }
}
