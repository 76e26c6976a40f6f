package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.CALLER_NOT_NAMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MALFORMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.EXPIRATION_MISSING;
import static io.gatehouse.token.InvalidTokenReason.EXPIRED;
import static io.gatehouse.token.InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.NOT_YET_VALID;
import static io.gatehouse.token.InvalidTokenReason.SENDER_CONSTRAINED;
import static io.gatehouse.token.InvalidTokenReason.TOO_OLD;

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
        boolean introspected = answer instanceof Authenticity.Genuine genuine && genuine.introspected();
        return new TokenValidationResult.Valid(validated(token, claims, introspected));
    }

    private ValidatedToken validated(AccessToken token, ClaimsSet claims, boolean introspected) {
        String callerName = callerName(claims);
        if (callerName == null) {
            throw new IllegalStateException("claims passed the gate without a caller");
        }
        Instant expiresAt = NumericDate.parse(claims.get("exp"));
        return new ValidatedToken(token, policy.issuer(), callerName, expiresAt, claims, introspected);
    }

    private @Nullable InvalidTokenReason refusal(ClaimsSet claims) {
        InvalidTokenReason refusal = refusalOfIssuer(claims);
        if (refusal == null) {
            refusal = refusalOfKind(claims);
        }
        if (refusal == null) {
            refusal = refusalOfAudience(claims.get(policy.audience().claim()));
        }
        if (refusal == null) {
            refusal = refusalOfTimes(claims, clock.instant());
        }
        if (refusal == null && callerName(claims) == null) {
            refusal = CALLER_NOT_NAMED;
        }
        return refusal == null ? refusalOfRequiredClaims(claims) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfIssuer(ClaimsSet claims) {
        boolean accepted = claims.get("iss") == null
                ? !policy.requiredClaims().contains("iss")
                : policy.issuer().isNamedBy(claims);
        return accepted ? null : ISSUER_NOT_TRUSTED;
    }

    /** What is genuine, but is no bearer access token. */
    private @Nullable InvalidTokenReason refusalOfKind(ClaimsSet claims) {
        boolean bound = claims.get("cnf") != null && !policy.senderConstraintIgnored();
        return bound ? SENDER_CONSTRAINED : policy.kinds().refusal(claims);
    }

    private @Nullable InvalidTokenReason refusalOfAudience(@Nullable Object aud) {
        List<String> audiences;
        if (aud == null && !policy.requiredClaims().contains(policy.audience().claim())) {
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
                return value instanceof String name && isPlain(name) ? prefix(claim, name, claims) + name : null;
            }
        }
        return null;
    }

    /** Servers that have no subject but the client name the client as the subject (RFC 9068 §2.2). */
    private String prefix(String claim, String name, ClaimsSet claims) {
        boolean client = CLIENT_CLAIMS.contains(claim)
                || (claim.equals("sub")
                        && CLIENT_CLAIMS.stream().anyMatch(clientClaim -> name.equals(claims.get(clientClaim))));
        return client ? policy.clientNamePrefix() : "";
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
        return refusalOfValues(claims);
    }

    private @Nullable InvalidTokenReason refusalOfValues(ClaimsSet claims) {
        boolean accepted = policy.requiredValues().entrySet().stream()
                .allMatch(
                        required -> claims.strings(required.getKey()).stream().anyMatch(required.getValue()::contains));
        return accepted ? null : CLAIM_VALUE_NOT_ACCEPTED;
    }
}
