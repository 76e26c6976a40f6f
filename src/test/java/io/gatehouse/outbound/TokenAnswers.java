package io.gatehouse.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers of a token endpoint, one thing changed at a time. */
final class TokenAnswers {

    static final TokenResult.Failed OUTAGE = new TokenResult.Unreachable("https://as.example did not answer", null);
    static final TokenResult.Failed REJECTED = new TokenResult.ClientRejected("https://as.example refused the client");
    static final TokenResult.Failed INVALID_GRANT =
            new TokenResult.GrantRejected("https://as.example refused the grant", "invalid_grant", null);

    private TokenAnswers() {}

    static TokenResult.Failed busy(Duration retryAfter) {
        return new TokenResult.Unreachable("https://as.example answered 429", retryAfter);
    }

    /** A token that lasts so long from then. */
    static TokenResult granted(String accessToken, Instant requestedAt, @Nullable Duration expiresIn) {
        return new TokenResult.Granted(response(accessToken, requestedAt, expiresIn, null));
    }

    /** The same with a refresh token. */
    static TokenResult granted(String accessToken, Instant requestedAt, Duration expiresIn, String refreshToken) {
        return new TokenResult.Granted(response(accessToken, requestedAt, expiresIn, refreshToken));
    }

    static TokenResponse response(
            String accessToken, Instant requestedAt, @Nullable Duration expiresIn, @Nullable String refreshToken) {
        return new TokenResponse(
                accessToken, "Bearer", requestedAt, expiresIn, Set.of(), refreshToken, null, null, Map.of(), List.of());
    }

    /** A token of a resource server, in an answer with others. */
    static TokenResponse of(
            @Nullable String resourceServer,
            String accessToken,
            Instant requestedAt,
            Set<String> scopes,
            TokenResponse... others) {
        return new TokenResponse(
                accessToken,
                "Bearer",
                requestedAt,
                Duration.ofHours(1),
                scopes,
                "refresh-of-" + accessToken,
                null,
                resourceServer,
                Map.of(),
                List.of(others));
    }
}
