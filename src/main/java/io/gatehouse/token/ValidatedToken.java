package io.gatehouse.token;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that passed the gate. The constructor is package-private, so holding one is the proof that
 * {@link ClaimsValidator} accepted its claims and that somebody trusted stands behind them.
 *
 * <p>Immutable.
 */
public final class ValidatedToken {

    /** The request attribute in which the gate leaves the token that the caller of a request was let in by. */
    public static final String REQUEST_ATTRIBUTE = ValidatedToken.class.getName();

    private final AccessToken accessToken;
    private final TrustedIssuer issuer;
    private final String callerName;
    private final @Nullable Instant expiresAt;
    private final ClaimsSet claims;
    private final boolean introspected;

    ValidatedToken(
            AccessToken accessToken,
            TrustedIssuer issuer,
            String callerName,
            @Nullable Instant expiresAt,
            ClaimsSet claims,
            boolean introspected) {
        this.accessToken = accessToken;
        this.issuer = issuer;
        this.callerName = callerName;
        this.expiresAt = expiresAt;
        this.claims = claims;
        this.introspected = introspected;
    }

    /** The token as it was presented. */
    public AccessToken accessToken() {
        return accessToken;
    }

    /** Who issued it. */
    public TrustedIssuer issuer() {
        return issuer;
    }

    /** The caller's name: never blank, no control characters. */
    public String callerName() {
        return callerName;
    }

    /** The {@code exp} claim; empty only where the issuer was asked and named none (RFC 7662 §2.2). */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** All claims. */
    public ClaimsSet claims() {
        return claims;
    }

    /** Whether the claims are an introspection answer (RFC 7662), rather than those of a signed token. */
    public boolean introspected() {
        return introspected;
    }

    @Override
    public String toString() {
        return "ValidatedToken[issuer=" + issuer.name() + "]";
    }
}
