package io.gatehouse.token;

import static io.gatehouse.token.InvalidTokenReason.AUDIENCE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.CALLER_NOT_NAMED;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_MISSING;
import static io.gatehouse.token.InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED;
import static io.gatehouse.token.InvalidTokenReason.ISSUER_NOT_TRUSTED;
import static io.gatehouse.token.InvalidTokenReason.SENDER_CONSTRAINED;

import java.time.Clock;
import java.util.ArrayList;
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
    public TokenValidationResult validate(AccessToken token, ClaimsView claims, Authenticity.Check authenticity) {
        InvalidTokenReason refusal = refusalOfPurpose(claims);
        if (refusal != null) {
            return invalid(refusal);
        }
        TokenTimes times = TokenTimes.of(claims, policy);
        refusal = times.refusalAt(clock.instant());
        if (refusal != null) {
            return invalid(refusal);
        }
        String callerName = callerName(claims);
        if (callerName == null) {
            return invalid(CALLER_NOT_NAMED);
        }
        refusal = refusalOfRequiredClaims(claims);
        if (refusal != null) {
            return invalid(refusal);
        }
        return decided(authenticity.check(), token, callerName, times, claims);
    }

    private TokenValidationResult decided(
            Authenticity answer, AccessToken token, String callerName, TokenTimes times, ClaimsView claims) {
        if (answer instanceof Authenticity.NotGenuine notGenuine) {
            return invalid(notGenuine.reason());
        }
        if (answer instanceof Authenticity.Unknown unknown) {
            return new TokenValidationResult.Unavailable(unknown.retryAfter());
        }
        boolean introspected = answer instanceof Authenticity.Genuine genuine && genuine.introspected();
        return new TokenValidationResult.Valid(
                new ValidatedToken(token, policy.issuer(), callerName, times, claims.kept(), introspected));
    }

    private static TokenValidationResult invalid(InvalidTokenReason reason) {
        return TokenValidationResult.Invalid.of(reason);
    }

    /** Whose the token is, what it is, and whom it is for. */
    private @Nullable InvalidTokenReason refusalOfPurpose(ClaimsView claims) {
        InvalidTokenReason refusal = refusalOfIssuer(claims);
        if (refusal == null) {
            refusal = refusalOfKind(claims);
        }
        return refusal == null ? refusalOfAudience(claims.get(policy.audience().claim())) : refusal;
    }

    private @Nullable InvalidTokenReason refusalOfIssuer(ClaimsView claims) {
        boolean accepted = claims.get("iss") == null
                ? !policy.requiredClaims().contains("iss")
                : policy.issuer().isNamedBy(claims);
        return accepted ? null : ISSUER_NOT_TRUSTED;
    }

    /** What is genuine, but is no bearer access token. */
    private @Nullable InvalidTokenReason refusalOfKind(ClaimsView claims) {
        boolean bound = claims.get("cnf") != null && !policy.senderConstraintIgnored();
        return bound ? SENDER_CONSTRAINED : policy.kinds().refusal(claims);
    }

    private @Nullable InvalidTokenReason refusalOfAudience(@Nullable Object aud) {
        if (aud == null) {
            boolean required =
                    policy.requiredClaims().contains(policy.audience().claim());
            return !required || policy.audience().accepts(List.of()) ? null : AUDIENCE_NOT_ACCEPTED;
        }
        List<String> audiences = audiences(aud);
        return audiences != null && policy.audience().accepts(audiences) ? null : AUDIENCE_NOT_ACCEPTED;
    }

    private static @Nullable List<String> audiences(Object aud) {
        if (aud instanceof String audience) {
            return List.of(audience);
        }
        if (!(aud instanceof List<?> elements)) {
            return null;
        }
        List<String> audiences = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof String audience)) {
                return null;
            }
            audiences.add(audience);
        }
        return audiences;
    }

    /**
     * The first claim that is present decides, also when it is of no use: a fallback would let a token choose. Null
     * where the caller is not named, or named in a way that could deceive a reader of logs.
     */
    private @Nullable String callerName(ClaimsView claims) {
        for (String claim : policy.callerNameClaims()) {
            Object value = claims.get(claim);
            if (value != null) {
                return value instanceof String name && isPlain(name) ? prefixed(claim, name, claims) : null;
            }
        }
        return null;
    }

    /** Servers that have no subject but the client name the client as the subject (RFC 9068 §2.2). */
    private String prefixed(String claim, String name, ClaimsView claims) {
        String prefix = policy.clientNamePrefix();
        return !prefix.isEmpty() && namesClient(claim, name, claims) ? prefix + name : name;
    }

    private static boolean namesClient(String claim, String name, ClaimsView claims) {
        return CLIENT_CLAIMS.contains(claim)
                || (claim.equals("sub")
                        && CLIENT_CLAIMS.stream().anyMatch(clientClaim -> name.equals(claims.get(clientClaim))));
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return false;
            }
        }
        return !name.isBlank();
    }

    private @Nullable InvalidTokenReason refusalOfRequiredClaims(ClaimsView claims) {
        for (String name : policy.requiredClaims()) {
            if (!claims.has(name)) {
                return CLAIM_MISSING;
            }
        }
        return policy.requiredValues().isEmpty() ? null : refusalOfValues(claims);
    }

    private @Nullable InvalidTokenReason refusalOfValues(ClaimsView claims) {
        boolean accepted = policy.requiredValues().entrySet().stream()
                .allMatch(
                        required -> claims.strings(required.getKey()).stream().anyMatch(required.getValue()::contains));
        return accepted ? null : CLAIM_VALUE_NOT_ACCEPTED;
    }
}
