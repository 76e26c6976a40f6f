package io.gatehouse.token;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    /** Stands for a token whose text is not kept. */
    private static final AccessToken NO_TEXT = AccessToken.of("");

    private final AccessToken accessToken;
    private final TrustedIssuer issuer;
    private final String callerName;
    private final long acceptedFrom;
    private final long acceptedBefore;
    private final ClaimsSet claims;
    private final boolean introspected;

    /** Where it is noted which roles were read: this token, or the one that is remembered of it. */
    private final @Nullable ValidatedToken notes;

    private volatile @Nullable RolesRead rolesRead;

    private volatile @Nullable Object kept;

    private record RolesRead(Function<ValidatedToken, Set<String>> reader, Set<String> roles) {}

    ValidatedToken(
            AccessToken accessToken,
            TrustedIssuer issuer,
            String callerName,
            TokenTimes times,
            ClaimsSet claims,
            boolean introspected) {
        this.accessToken = accessToken;
        this.issuer = issuer;
        this.callerName = callerName;
        this.acceptedFrom = times.acceptedFrom();
        this.acceptedBefore = times.acceptedBefore();
        this.claims = claims;
        this.introspected = introspected;
        this.notes = null;
    }

    ValidatedToken(AccessToken presented, ValidatedToken known, @Nullable ValidatedToken notes) {
        this.accessToken = presented;
        this.issuer = known.issuer;
        this.callerName = known.callerName;
        this.acceptedFrom = known.acceptedFrom;
        this.acceptedBefore = known.acceptedBefore;
        this.claims = known.claims.in(presented.value());
        this.introspected = known.introspected;
        this.notes = notes;
    }

    /** What is to be kept of it where its text is not. */
    ValidatedToken withoutText() {
        return new ValidatedToken(NO_TEXT, this, null);
    }

    /** The same token with the text that it was presented with; only for one that is known to be equal. */
    ValidatedToken presentedAs(AccessToken presented) {
        return new ValidatedToken(presented, this, this);
    }

    /** Whether nothing is kept but the text and what little was read of it. */
    boolean holdsItsClaims() {
        return claims.standIn(accessToken.value());
    }

    /**
     * The roles that this reader finds in the token: read once, however often the same reader asks. What it answers has to
     * depend on nothing but the token, and not to change.
     */
    public Set<String> rolesReadBy(Function<ValidatedToken, Set<String>> reader) {
        ValidatedToken noted = notes == null ? this : notes;
        RolesRead known = noted.rolesRead;
        if (known != null && known.reader().equals(reader)) {
            return known.roles();
        }
        Set<String> roles = reader.apply(this);
        noted.rolesRead = new RolesRead(reader, roles);
        return roles;
    }

    /** These roles, as the set that is kept with the token anyway if that is equal. */
    public Set<String> shared(Set<String> roles) {
        RolesRead known = rolesRead;
        return known != null && known.roles().equals(roles) ? known.roles() : roles;
    }

    /** What was kept with this token, if it is of this type; null otherwise. */
    public <T> @Nullable T kept(Class<T> type) {
        Object known = kept;
        return type.isInstance(known) ? type.cast(known) : null;
    }

    /**
     * Keeps this with the token, in place of what was kept before, for as long as the token itself is: where the text of
     * tokens is not to be remembered, this is not either.
     */
    public void keep(Object made) {
        kept = made;
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
        return claims.instant("exp");
    }

    /**
     * Whether what the token says about time would be accepted at this moment as well, to the millisecond. In the one in
     * which that changes, the answer may be no too soon, and never yes too long.
     */
    public boolean isAcceptedAt(long epochMillis) {
        return epochMillis >= acceptedFrom && epochMillis < acceptedBefore;
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
