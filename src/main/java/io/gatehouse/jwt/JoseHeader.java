package io.gatehouse.jwt;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.token.InvalidTokenReason;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protected header of a JWS or JWE: the few parameters that are read, and the refusal of those that must not be
 * there. Key material and key locations in a header ({@code jku}, {@code x5u}, {@code x5c}, …) are never read.
 */
record JoseHeader(
        String alg,
        @Nullable String kid,
        @Nullable String typ,
        @Nullable String cty,
        @Nullable String enc) {

    /**
     * {@code crit}: no extension is understood here, so each one that must be understood refuses (RFC 7515 §4.1.11).
     * {@code b64}: changes what is signed (RFC 7797). {@code zip}: decompression bombs. {@code jwk}: a token that brings
     * its own key (CVE-2018-0114).
     */
    private static final Set<String> NEVER_ACCEPTED = Set.of("crit", "b64", "zip", "jwk", "jwks");

    /** Reads the first segment of a token. */
    static Decoded<JoseHeader> parse(String segment) {
        byte[] utf8 = Base64Url.decode(segment).orElse(null);
        if (utf8 == null || !(JsonParser.parseObject(utf8) instanceof JsonParseResult.Parsed parsed)) {
            return Decoded.refused(InvalidTokenReason.MALFORMED);
        }
        return of(parsed.members());
    }

    private static Decoded<JoseHeader> of(Map<String, Object> members) {
        for (String name : NEVER_ACCEPTED) {
            if (members.containsKey(name)) {
                return Decoded.refused(InvalidTokenReason.HEADER_NOT_ACCEPTED);
            }
        }
        for (String name : Set.of("kid", "typ", "cty", "enc")) {
            if (members.containsKey(name) && !(members.get(name) instanceof String)) {
                return Decoded.refused(InvalidTokenReason.HEADER_NOT_ACCEPTED);
            }
        }
        if (!(members.get("alg") instanceof String alg)) {
            return Decoded.refused(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED);
        }
        return Decoded.of(new JoseHeader(
                alg, (String) members.get("kid"), (String) members.get("typ"), (String) members.get("cty"), (String)
                        members.get("enc")));
    }

    /** Media types are compared without regard to case, and {@code application/} may be left out (RFC 7515 §4.1.9). */
    boolean isOfType(Set<String> accepted) {
        return typ == null || accepted.contains(mediaType(typ));
    }

    boolean holdsNestedJwt() {
        return cty != null && mediaType(cty).equals("jwt");
    }

    private static String mediaType(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
