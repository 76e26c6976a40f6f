package io.gatehouse.jwt;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.JsonParser;
import io.gatehouse.json.JsonScan;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.token.InvalidTokenReason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The protected header of a JWS or JWE: the few parameters that are read, and the refusal of those that must not be
 * there; media types in lower case and without {@code application/}. Key material and key locations in a header ({@code jku}, {@code x5u}, {@code x5c}, …) are never read.
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
    private static final List<String> NEVER_ACCEPTED = List.of("crit", "b64", "zip", "jwk", "jwks");

    /** Those that are read have to be strings, where they are there. */
    private static final List<String> READ = List.of("kid", "typ", "cty", "enc");

    /** Reads the first segment of a token. */
    static Decoded<JoseHeader> parse(String segment) {
        byte[] utf8 = Base64Url.decode(segment).orElse(null);
        return utf8 == null ? Decoded.refused(InvalidTokenReason.MALFORMED) : parse(utf8);
    }

    private static Decoded<JoseHeader> parse(byte[] utf8) {
        return JsonParser.parseObject(utf8)
                .match(parsed -> of(parsed.members()::get), malformed -> Decoded.refused(InvalidTokenReason.MALFORMED));
    }

    /** Reads the first bytes of the array, which are the decoded first segment of a token. */
    static Decoded<JoseHeader> parse(byte[] utf8, int length, JsonScan scan) {
        return switch (scan.scan(utf8, length)) {
            case OBJECT -> of(scan::value);
            case ODD -> parse(Arrays.copyOf(utf8, length));
            case MALFORMED -> Decoded.refused(InvalidTokenReason.MALFORMED);
        };
    }

    private static Decoded<JoseHeader> of(Function<String, @Nullable Object> members) {
        for (String name : NEVER_ACCEPTED) {
            if (members.apply(name) != null) {
                return Decoded.refused(InvalidTokenReason.HEADER_NOT_ACCEPTED);
            }
        }
        for (String name : READ) {
            Object value = members.apply(name);
            if (value != null && !(value instanceof String)) {
                return Decoded.refused(InvalidTokenReason.HEADER_NOT_ACCEPTED);
            }
        }
        if (!(members.apply("alg") instanceof String alg)) {
            return Decoded.refused(InvalidTokenReason.ALGORITHM_NOT_ACCEPTED);
        }
        return Decoded.of(new JoseHeader(
                alg,
                (String) members.apply("kid"),
                mediaType((String) members.apply("typ")),
                mediaType((String) members.apply("cty")),
                (String) members.apply("enc")));
    }

    /** The signature algorithm that it names; null where that is none we know. */
    @Nullable SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.named(alg).orElse(null);
    }

    /** A token need not say its type. */
    boolean isOfType(Set<String> accepted) {
        return typ == null || accepted.contains(typ);
    }

    boolean holdsNestedJwt() {
        return "jwt".equals(cty);
    }

    /** Media types are compared without regard to case, and {@code application/} may be left out (RFC 7515 §4.1.9). */
    private static @Nullable String mediaType(@Nullable String value) {
        if (value == null || value.equals("jwt")) {
            return value;
        }
        if (value.equals("JWT")) {
            return "jwt";
        }
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
