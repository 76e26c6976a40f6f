package io.gatehouse.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of one issuer have to look like. A claim that is present is always checked; one that is absent is a
 * reason to refuse only if it is required.
 *
 * @param issuer the only issuer that this policy takes
 * @param audience which audiences are ours
 * @param expirySkew how long after {@code exp} (and after the maximum age) a token is still taken; not negative
 * @param startSkew how far {@code nbf} and {@code iat} may lie in the future; not negative
 * @param maximumAge how long after {@code iat} a token is taken, or null for as long as {@code exp} says
 * @param requiredClaims the claims that have to be there with a value other than null; a JWT's are
 *     {@link #JWT_REQUIRED_CLAIMS} and more
 * @param requiredValues the claims that have to have one of these values (or an array that holds one)
 * @param callerNameClaims the claims that may name the caller; the first one present decides
 * @param clientNamePrefix put before the name of a caller who is named by {@code client_id} or {@code azp}, or by a
 *     {@code sub} that is the same, so that a client cannot be taken for a user of the same name; may be empty
 * @param senderConstraintIgnored whether a token that is bound to a key of its sender ({@code cnf}, RFC 7800) is taken
 *     although nobody here checks that the sender has the key
 * @param kinds which kinds of tokens are taken
 */
public record ClaimsPolicy(
        TrustedIssuer issuer,
        AudienceRule audience,
        Duration expirySkew,
        Duration startSkew,
        @Nullable Duration maximumAge,
        Set<String> requiredClaims,
        Map<String, Set<String>> requiredValues,
        List<String> callerNameClaims,
        String clientNamePrefix,
        boolean senderConstraintIgnored,
        KindRule kinds) {

    /** RFC 8725 §3.8 and §3.9; MicroProfile JWT 2.1 §4.1. */
    public static final Set<String> JWT_REQUIRED_CLAIMS = Set.of("iss", "exp", "iat");

    /** A policy that asks for no values and takes access tokens of any kind. */
    public ClaimsPolicy(
            TrustedIssuer issuer,
            AudienceRule audience,
            Duration expirySkew,
            Duration startSkew,
            @Nullable Duration maximumAge,
            Set<String> requiredClaims,
            List<String> callerNameClaims,
            String clientNamePrefix,
            boolean senderConstraintIgnored) {
        this(
                issuer,
                audience,
                expirySkew,
                startSkew,
                maximumAge,
                requiredClaims,
                Map.of(),
                callerNameClaims,
                clientNamePrefix,
                senderConstraintIgnored,
                KindRule.accessTokens());
    }

    public ClaimsPolicy {
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(audience);
        Objects.requireNonNull(clientNamePrefix);
        callerNameClaims = List.copyOf(callerNameClaims);
        requiredClaims = Set.copyOf(requiredClaims);
        requiredValues = Map.copyOf(requiredValues);
        Objects.requireNonNull(kinds);
        if (expirySkew.isNegative() || startSkew.isNegative()) {
            throw new IllegalArgumentException("negative clock skew");
        }
        if (callerNameClaims.isEmpty()) {
            throw new IllegalArgumentException("no claim names the caller");
        }
    }
}
