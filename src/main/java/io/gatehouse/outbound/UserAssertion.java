package io.gatehouse.outbound;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the assertion of a user grant says (RFC 7523 §3) beyond what the client adds: {@code iss}, {@code aud}, {@code iat},
 * {@code exp}, {@code jti}. Immutable; {@link #toString()} shows names only.
 */
public final class UserAssertion {

    private static final Set<String> SET_BY_THE_CLIENT = Set.of("iss", "aud", "iat", "exp", "nbf", "jti");

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
     * @throws IllegalArgumentException for the claims that the client sets itself, and for values of other types
     */
    public UserAssertion withClaim(String name, Object value) {
        if (SET_BY_THE_CLIENT.contains(name)) {
            throw new IllegalArgumentException("the client sets \"" + name + "\" itself");
        }
        Map<String, Object> more = new LinkedHashMap<>(claims);
        more.put(name, copy(name, value));
        return new UserAssertion(more);
    }

    /** Of this moment: what is signed later must not be what somebody has changed since. */
    private static Object copy(String name, Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> copy = new LinkedHashMap<>();
            members.forEach((key, member) -> copy.put(String.valueOf(key), copy(name, member)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(element -> copy(name, element)).toList();
        }
        if (value instanceof String || value instanceof Boolean || isFinite(value)) {
            return value;
        }
        throw new IllegalArgumentException("the claim \"" + name + "\" has a value of a type that JSON does not have");
    }

    private static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    Map<String, Object> claims() {
        return claims;
    }

    @Override
    public String toString() {
        return "UserAssertion" + claims.keySet();
    }
}
