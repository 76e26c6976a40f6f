package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.CLAIM_MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.EXPIRATION_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.NOT_YET_VALID;
import static io.gatehouse.token.InvalidTokenReason.TOO_OLD;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token says about time, beside what a policy says of it. Immutable.
 *
 * @param expClaim the claim as it is; null where it is absent, as the other two
 * @param exp the time that it is; null where it is none, as the other two
 */
record TokenTimes(
        @Nullable Object expClaim,
        @Nullable Object nbfClaim,
        @Nullable Object iatClaim,
        @Nullable Instant exp,
        @Nullable Instant nbf,
        @Nullable Instant iat,
        ClaimsPolicy policy) {

    /** No clock shows what lies beyond, in seconds: 30,000 years from now. */
    private static final long BEYOND = 1_000_000_000_000L;

    static TokenTimes of(ClaimsView claims, ClaimsPolicy policy) {
        Object exp = claims.get("exp");
        Object nbf = claims.get("nbf");
        Object iat = claims.get("iat");
        return new TokenTimes(
                exp, nbf, iat, NumericDate.parse(exp), NumericDate.parse(nbf), NumericDate.parse(iat), policy);
    }

    @Nullable InvalidTokenReason refusalAt(Instant now) {
        if (exp == null && (expClaim != null || policy.requiredClaims().contains("exp"))) {
            return EXPIRATION_MISSING;
        }
        // RFC 7519 §4.1.4: "on or after" the expiration time is too late.
        if (exp != null && !now.minus(policy.expirySkew()).isBefore(exp)) {
            return EXPIRED;
        }
        Instant latestStart = now.plus(policy.startSkew());
        InvalidTokenReason refusal = refusalOfNotBefore(latestStart);
        return refusal == null ? refusalOfIssuedAt(now, latestStart) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfNotBefore(Instant latestStart) {
        if (nbf == null) {
            return nbfClaim == null ? null : CLAIM_MALFORMED;
        }
        // A skew must not make a token valid that ends before it begins.
        boolean neverBegins = exp != null && nbf.isAfter(exp);
        return neverBegins || latestStart.isBefore(nbf) ? NOT_YET_VALID : null;
    }

    private @Nullable InvalidTokenReason refusalOfIssuedAt(Instant now, Instant latestStart) {
        Duration maximumAge = policy.maximumAge();
        if (iatClaim == null && maximumAge == null && !policy.requiredClaims().contains("iat")) {
            return null;
        }
        if (iat == null || (exp != null && iat.isAfter(exp)) || latestStart.isBefore(iat)) {
            return ISSUED_AT_NOT_ACCEPTED;
        }
        if (maximumAge == null) {
            return null;
        }
        Instant oldest = now.minus(policy.expirySkew()).minus(maximumAge);
        return iat.isBefore(oldest) ? TOO_OLD : null;
    }

    /** From which millisecond on {@link #refusalAt} refuses nothing; a fraction of one too late at most. */
    long acceptedFrom() {
        long begins = Math.max(
                nbf == null ? Long.MIN_VALUE / 2 : millis(nbf), iat == null ? Long.MIN_VALUE / 2 : millis(iat));
        return begins + 1 - policy.startSkew().toMillis();
    }

    /** The first millisecond in which {@link #refusalAt} may refuse again; a fraction of one too early at most. */
    long acceptedBefore() {
        Duration maximumAge = policy.maximumAge();
        long ends = exp == null ? Long.MAX_VALUE / 2 : millis(exp);
        long tooOld = iat == null || maximumAge == null ? Long.MAX_VALUE / 2 : millis(iat) + maximumAge.toMillis();
        return Math.min(ends, tooOld) + policy.expirySkew().toMillis();
    }

    private static long millis(Instant instant) {
        long seconds = Math.max(-BEYOND, Math.min(BEYOND, instant.getEpochSecond()));
        return 1000 * seconds + instant.getNano() / 1_000_000;
    }
}
