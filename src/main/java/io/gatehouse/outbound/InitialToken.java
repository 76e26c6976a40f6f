package io.gatehouse.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An access token that is there before the first request, and when it ends: both or neither, because a token of unknown age
 * would be used too long or never. {@link #toString()} hides it.
 */
public record InitialToken(String accessToken, Instant expiresAt) {

    /** As an answer that was just received; empty where it is over. */
    Optional<TokenResponse> asResponse(Instant now) {
        if (!now.isBefore(expiresAt)) {
            return Optional.empty();
        }
        Duration left = Duration.between(now, expiresAt);
        return Optional.of(
                new TokenResponse(accessToken, "Bearer", now, left, Set.of(), null, null, null, Map.of(), List.of()));
    }

    @Override
    public String toString() {
        return "InitialToken[hidden]";
    }
}
