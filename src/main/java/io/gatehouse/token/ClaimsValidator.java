package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.CALLER_NOT_NAMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRATION_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.NOT_YET_VALID;
import static io.gatehouse.token.InvalidTokenReason.TOO_OLD;

import io.gatehouse.json.JsonNull;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one gate for claims: JWTs and introspection answers alike pass it, or no {@link ValidatedToken} is made.
 *
 * <p>The claims are looked at before their authenticity is: a refusal is then cheap, and rubbish cannot cause a key to
 * be fetched or a signature to be computed. Nothing is accepted before the authenticity is known.
 *
 * <p>Immutable and thread-safe.
 */
public final class ClaimsValidator {

    private final ClaimsPolicy policy;
    private final Clock clock;

    public ClaimsValidator(ClaimsPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Decides about a token with these claims.
     *
     * @param authenticity asked once, after the claims alone gave no reason to refuse
     */
    public TokenValidationResult validate(AccessToken token, ClaimsSet claims, Authenticity.Check authenticity) {
        InvalidTokenReason refusal = refusal(claims);
        if (refusal != null) {
            return new TokenValidationResult.Invalid(refusal);
        }
        Authenticity answer = authenticity.check();
        if (answer instanceof Authenticity.NotGenuine notGenuine) {
            return new TokenValidationResult.Invalid(notGenuine.reason());
        }
        if (answer instanceof Authenticity.Unknown unknown) {
            return new TokenValidationResult.Unavailable(unknown.retryAfter());
        }
        return new TokenValidationResult.Valid(validated(token, claims));
    }

    private ValidatedToken validated(AccessToken token, ClaimsSet claims) {
        String callerName = (String) callerNameClaim(claims);
        Instant expiresAt = NumericDate.parse(claims.get("exp"));
        if (callerName == null || expiresAt == null) {
            throw new IllegalStateException("claims passed the gate without a caller or an expiration time");
        }
        return new ValidatedToken(token, policy.issuer(), callerName, expiresAt, claims);
    }

    private @Nullable InvalidTokenReason refusal(ClaimsSet claims) {
        if (!policy.issuer().issuer().equals(claims.get("iss"))) {
            return ISSUER_NOT_TRUSTED;
        }
        InvalidTokenReason refusal = refusalOfAudience(claims.get("aud"));
        if (refusal == null) {
            refusal = refusalOfTimes(claims, clock.instant());
        }
        if (refusal == null) {
            refusal = refusalOfCallerName(callerNameClaim(claims));
        }
        return refusal == null ? refusalOfRequiredClaims(claims) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfAudience(@Nullable Object aud) {
        List<String> audiences;
        if (aud == null) {
            audiences = List.of();
        } else if (aud instanceof String audience) {
            audiences = List.of(audience);
        } else if (aud instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            audiences = list.stream().map(String.class::cast).toList();
        } else {
            return AUDIENCE_NOT_ACCEPTED;
        }
        return policy.audience().accepts(audiences) ? null : AUDIENCE_NOT_ACCEPTED;
    }

    private @Nullable InvalidTokenReason refusalOfTimes(ClaimsSet claims, Instant now) {
        Instant exp = NumericDate.parse(claims.get("exp"));
        if (exp == null) {
            return EXPIRATION_MISSING;
        }
        // RFC 7519 §4.1.4: "on or after" the expiration time is too late.
        if (!now.minus(policy.expirySkew()).isBefore(exp)) {
            return EXPIRED;
        }
        InvalidTokenReason refusal = refusalOfNotBefore(claims.get("nbf"), now);
        return refusal == null ? refusalOfIssuedAt(claims.get("iat"), exp, now) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfNotBefore(@Nullable Object nbf, Instant now) {
        if (nbf == null) {
            return null;
        }
        Instant notBefore = NumericDate.parse(nbf);
        if (notBefore == null) {
            return CLAIM_MALFORMED;
        }
        return now.plus(policy.startSkew()).isBefore(notBefore) ? NOT_YET_VALID : null;
    }

    private @Nullable InvalidTokenReason refusalOfIssuedAt(@Nullable Object iat, Instant exp, Instant now) {
        if (iat == null && !policy.issuedAtRequired() && policy.maximumAge() == null) {
            return null;
        }
        Instant issuedAt = NumericDate.parse(iat);
        if (issuedAt == null
                || issuedAt.isAfter(exp)
                || now.plus(policy.startSkew()).isBefore(issuedAt)) {
            return ISSUED_AT_NOT_ACCEPTED;
        }
        if (policy.maximumAge() == null) {
            return null;
        }
        Instant oldest = now.minus(policy.expirySkew()).minus(policy.maximumAge());
        return issuedAt.isBefore(oldest) ? TOO_OLD : null;
    }

    /** The first claim that is present decides, also when it is of no use: a fallback would let a token choose. */
    private @Nullable Object callerNameClaim(ClaimsSet claims) {
        for (String name : policy.callerNameClaims()) {
            Object value = claims.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable InvalidTokenReason refusalOfCallerName(@Nullable Object callerName) {
        if (!(callerName instanceof String name) || name.isBlank()) {
            return CALLER_NOT_NAMED;
        }
        return name.chars().anyMatch(Character::isISOControl) ? CALLER_NOT_NAMED : null;
    }

    private @Nullable InvalidTokenReason refusalOfRequiredClaims(ClaimsSet claims) {
        for (String name : policy.requiredClaims()) {
            Object value = claims.get(name);
            if (value == null || value == JsonNull.NULL) {
                return CLAIM_MISSING;
            }
        }
        return null;
    }
}
