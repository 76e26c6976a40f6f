package io.gatehouse.token;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of one issuer have to look like.
 *
 * @param issuer the only issuer that this policy takes
 * @param audience which audiences are ours
 * @param expirySkew how long after {@code exp} (and after the maximum age) a token is still taken; not negative
 * @param startSkew how far {@code nbf} and {@code iat} may lie in the future; not negative
 * @param maximumAge how long after {@code iat} a token is taken, or null for as long as {@code exp} says
 * @param issuedAtRequired whether a token without {@code iat} is refused
 * @param callerNameClaims the claims that may name the caller; the first one present decides
 * @param requiredClaims further claims that have to be there with a value other than null
 */
public record ClaimsPolicy(
        TrustedIssuer issuer,
        AudienceRule audience,
        Duration expirySkew,
        Duration startSkew,
        @Nullable Duration maximumAge,
        boolean issuedAtRequired,
        List<String> callerNameClaims,
        Set<String> requiredClaims) {

    public ClaimsPolicy {
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(audience);
        callerNameClaims = List.copyOf(callerNameClaims);
        requiredClaims = Set.copyOf(requiredClaims);
        if (expirySkew.isNegative() || startSkew.isNegative()) {
            throw new IllegalArgumentException("negative clock skew");
        }
        if (callerNameClaims.isEmpty()) {
            throw new IllegalArgumentException("no claim names the caller");
        }
    }
}
