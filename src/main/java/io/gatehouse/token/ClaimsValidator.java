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
import static io.gatehouse.token.InvalidTokenReason.SENDER_CONSTRAINED;
import static io.gatehouse.token.InvalidTokenReason.TOO_OLD;
import static io.gatehouse.token.InvalidTokenReason.TYPE_NOT_ACCEPTED;

import io.gatehouse.json.JsonNull;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

    /** Keycloak signs all its tokens with the same keys and the same header; a claim tells them apart. */
    private static final Set<String> OTHER_KINDS = Set.of("ID", "Refresh", "Offline", "Logout");

    private static final Set<String> CLIENT_CLAIMS = Set.of("client_id", "azp");

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
        String callerName = callerName(claims);
        if (callerName == null) {
            throw new IllegalStateException("claims passed the gate without a caller");
        }
        Instant expiresAt = NumericDate.parse(claims.get("exp"));
        return new ValidatedToken(token, policy.issuer(), callerName, expiresAt, claims);
    }

    private @Nullable InvalidTokenReason refusal(ClaimsSet claims) {
        InvalidTokenReason refusal = refusalOfIssuer(claims.get("iss"));
        if (refusal == null) {
            refusal = refusalOfKind(claims);
        }
        if (refusal == null) {
            refusal = refusalOfAudience(claims.get("aud"));
        }
        if (refusal == null) {
            refusal = refusalOfTimes(claims, clock.instant());
        }
        if (refusal == null && callerName(claims) == null) {
            refusal = CALLER_NOT_NAMED;
        }
        return refusal == null ? refusalOfRequiredClaims(claims) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfIssuer(@Nullable Object iss) {
        if (iss == null) {
            return policy.requiredClaims().contains("iss") ? ISSUER_NOT_TRUSTED : null;
        }
        String trusted = policy.issuer().issuer();
        boolean accepted = trusted == null ? iss instanceof String : trusted.equals(iss);
        return accepted ? null : ISSUER_NOT_TRUSTED;
    }

    /** What is genuine, but is no bearer access token. */
    private @Nullable InvalidTokenReason refusalOfKind(ClaimsSet claims) {
        if (claims.get("typ") instanceof String typ && OTHER_KINDS.contains(typ)) {
            return TYPE_NOT_ACCEPTED;
        }
        boolean bound = claims.get("cnf") != null && !policy.senderConstraintIgnored();
        return bound ? SENDER_CONSTRAINED : null;
    }

    private @Nullable InvalidTokenReason refusalOfAudience(@Nullable Object aud) {
        List<String> audiences;
        if (aud == null && !policy.requiredClaims().contains("aud")) {
            return null;
        }
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
        if (exp == null && (claims.get("exp") != null || policy.requiredClaims().contains("exp"))) {
            return EXPIRATION_MISSING;
        }
        // RFC 7519 §4.1.4: "on or after" the expiration time is too late.
        if (exp != null && !now.minus(policy.expirySkew()).isBefore(exp)) {
            return EXPIRED;
        }
        InvalidTokenReason refusal = refusalOfNotBefore(claims.get("nbf"), exp, now);
        return refusal == null ? refusalOfIssuedAt(claims.get("iat"), exp, now) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfNotBefore(@Nullable Object nbf, @Nullable Instant exp, Instant now) {
        if (nbf == null) {
            return null;
        }
        Instant notBefore = NumericDate.parse(nbf);
        if (notBefore == null) {
            return CLAIM_MALFORMED;
        }
        // A skew must not make a token valid that ends before it begins.
        boolean neverBegins = exp != null && notBefore.isAfter(exp);
        return neverBegins || now.plus(policy.startSkew()).isBefore(notBefore) ? NOT_YET_VALID : null;
    }

    private @Nullable InvalidTokenReason refusalOfIssuedAt(@Nullable Object iat, @Nullable Instant exp, Instant now) {
        if (iat == null && !policy.requiredClaims().contains("iat") && policy.maximumAge() == null) {
            return null;
        }
        Instant issuedAt = NumericDate.parse(iat);
        if (issuedAt == null
                || (exp != null && issuedAt.isAfter(exp))
                || now.plus(policy.startSkew()).isBefore(issuedAt)) {
            return ISSUED_AT_NOT_ACCEPTED;
        }
        if (policy.maximumAge() == null) {
            return null;
        }
        Instant oldest = now.minus(policy.expirySkew()).minus(policy.maximumAge());
        return issuedAt.isBefore(oldest) ? TOO_OLD : null;
    }

    /**
     * The first claim that is present decides, also when it is of no use: a fallback would let a token choose. Null
     * where the caller is not named, or named in a way that could deceive a reader of logs.
     */
    private @Nullable String callerName(ClaimsSet claims) {
        for (String claim : policy.callerNameClaims()) {
            Object value = claims.get(claim);
            if (value != null) {
                return value instanceof String name && isPlain(name) ? prefix(claim) + name : null;
            }
        }
        return null;
    }

    private String prefix(String claim) {
        return CLIENT_CLAIMS.contains(claim) ? policy.clientNamePrefix() : "";
    }

    private static boolean isPlain(String name) {
        return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
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
