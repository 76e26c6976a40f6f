package io.gatehouse.outbound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the assertion of a user grant says (RFC 7523 §3) beyond what the client adds: {@code iss}, {@code aud}, {@code iat},
 * {@code exp}, {@code jti}. Immutable; {@link #toString()} shows names only.
 */
public final class UserAssertion {

    private final Map<String, Object> claims;

    private UserAssertion(Map<String, Object> claims) {
        this.claims = claims;
    }

    /** An assertion about this user. */
    public static UserAssertion forSubject(String subject) {
        return new UserAssertion(Map.of("sub", subject));
    }

    /** This assertion asking for scopes: one claim, blank-separated. */
    public UserAssertion withScopes(String... scopes) {
        return withClaim("scope", String.join(" ", scopes));
    }

    /** This assertion for purposes: one claim, blank-separated. */
    public UserAssertion withPurposes(String... purposes) {
        return withClaim("purpose", String.join(" ", purposes));
    }

    /** This assertion with {@code authorization_id}. */
    public UserAssertion withAuthorizationId(String id) {
        return withClaim("authorization_id", id);
    }

    /** This assertion with {@code identifier}, such as the id {@code +34600000000} of type {@code phone_number}. */
    public UserAssertion withIdentifier(String id, String type) {
        Map<String, Object> identifier = new LinkedHashMap<>();
        identifier.put("id", id);
        identifier.put("type", type);
        return withClaim("identifier", identifier);
    }

    /** This assertion with {@code acr}. */
    public UserAssertion withAcr(String acr) {
        return withClaim("acr", acr);
    }

    /**
     * This assertion with one more claim, of the types that JSON has: strings, numbers, booleans, lists and maps of them.
     *
     * @throws IllegalArgumentException for the claims that the client sets itself
     */
    public UserAssertion withClaim(String name, Object value) {
        if (List.of("iss", "aud", "iat", "exp", "nbf", "jti").contains(name)) {
            throw new IllegalArgumentException("the client sets \"" + name + "\" itself");
        }
        Map<String, Object> more = new LinkedHashMap<>(claims);
        more.put(name, value);
        return new UserAssertion(more);
    }

    Map<String, Object> claims() {
        return claims;
    }

    @Override
    public String toString() {
        return "UserAssertion" + claims.keySet();
    }
}
