package io.gatehouse.config;

import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.Authenticity;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsSet;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.KindRule;
import io.gatehouse.token.TokenValidationResult;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds every rule that claims break, and not only the first: whoever mends a token or a configuration wants to do it once.
 * The gate itself is asked, each time without the rule that refused before. Nothing passes it: the claims are nobody's.
 */
final class FurtherRefusals {

    /** Longer than any difference between times that a token can name. */
    private static final Duration EVER = Duration.ofDays(365_000);

    private FurtherRefusals() {}

    /** In the order in which they would be told. */
    static Set<InvalidTokenReason> of(AccessToken token, ClaimsSet claims, ClaimsPolicy policy, Clock clock) {
        Set<InvalidTokenReason> reasons = new LinkedHashSet<>();
        ClaimsPolicy current = policy;
        for (int i = 0; i < InvalidTokenReason.values().length; i++) {
            InvalidTokenReason reason = refusal(token, claims, current, clock);
            if (reason == InvalidTokenReason.SIGNATURE_NOT_VALID || !reasons.add(reason)) {
                return reasons;
            }
            current = without(reason, current);
        }
        return reasons;
    }

    private static InvalidTokenReason refusal(AccessToken token, ClaimsSet claims, ClaimsPolicy policy, Clock clock) {
        TokenValidationResult result = new ClaimsValidator(policy, clock)
                .validate(token, claims, () -> new Authenticity.NotGenuine(InvalidTokenReason.SIGNATURE_NOT_VALID));
        return result.match(
                valid -> InvalidTokenReason.SIGNATURE_NOT_VALID,
                TokenValidationResult.Invalid::reason,
                unavailable -> InvalidTokenReason.SIGNATURE_NOT_VALID);
    }

    private static ClaimsPolicy without(InvalidTokenReason reason, ClaimsPolicy policy) {
        Set<String> required = new HashSet<>(policy.requiredClaims());
        KindRule kinds = policy.kinds();
        switch (reason) {
            case AUDIENCE_NOT_ACCEPTED -> required.remove(policy.audience().claim());
            case EXPIRATION_MISSING -> required.remove("exp");
            case ISSUED_AT_NOT_ACCEPTED -> required.remove("iat");
            case CLAIM_MISSING -> required.clear();
            case TYPE_NOT_ACCEPTED ->
                kinds = new KindRule(kinds.scopeRequired(), kinds.requiredScopes(), kinds.applicationsExempt(), true);
            case SCOPE_MISSING -> kinds = new KindRule(false, Set.of(), true, kinds.idTokensAccepted());
            default -> {
                // the rule is a member of its own, below
            }
        }
        boolean ahead =
                reason == InvalidTokenReason.NOT_YET_VALID || reason == InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED;
        return new ClaimsPolicy(
                policy.issuer(),
                reason == InvalidTokenReason.AUDIENCE_NOT_ACCEPTED ? new AudienceRule.Any() : policy.audience(),
                reason == InvalidTokenReason.EXPIRED ? EVER : policy.expirySkew(),
                ahead ? EVER : policy.startSkew(),
                reason == InvalidTokenReason.TOO_OLD || reason == InvalidTokenReason.ISSUED_AT_NOT_ACCEPTED
                        ? null
                        : policy.maximumAge(),
                required,
                reason == InvalidTokenReason.CLAIM_VALUE_NOT_ACCEPTED ? Map.of() : policy.requiredValues(),
                reason == InvalidTokenReason.CALLER_NOT_NAMED ? List.of("iss") : policy.callerNameClaims(),
                policy.clientNamePrefix(),
                reason == InvalidTokenReason.SENDER_CONSTRAINED || policy.senderConstraintIgnored(),
                kinds);
    }
}
