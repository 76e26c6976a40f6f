package io.gatehouse.benchmarks.contestants;

import io.gatehouse.benchmarks.tokens.Algorithm;
import io.gatehouse.benchmarks.tokens.TokenClaims;
import io.gatehouse.benchmarks.tokens.TokenIssuer;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every contestant checks: the signature by the key that {@code kid} names in the issuer's JWK Set in memory, the
 * algorithm, {@code iss}, {@code aud}, {@code exp} and {@code nbf} within 30 seconds, and that there is a {@code sub}.
 * Immutable.
 *
 * @param issuers the issuers, with their keys; all sign with the same algorithm
 * @param maximumLength characters of the longest token that is looked at, where a contestant has such a limit
 */
public record Trust(List<Issuer> issuers, int maximumLength) {

    private static final int USUAL_LENGTH = 16 * 1024;

    static final int SKEW_SECONDS = 30;

    /** An issuer and all of its keys: the one it signs with may be anywhere among them. */
    public record Issuer(String name, List<TokenIssuer> keys) {

        String jwks() {
            return keys.stream().map(TokenIssuer::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        }

        Map<String, PublicKey> keysById() {
            Map<String, PublicKey> byId = new LinkedHashMap<>();
            keys.forEach(key -> byId.put(key.keyId(), key.publicKey()));
            return byId;
        }
    }

    public Trust {
        issuers = List.copyOf(issuers);
    }

    /** One issuer with one key. */
    public static Trust in(TokenIssuer issuer) {
        return in(List.of(new Issuer(issuer.name(), List.of(issuer))));
    }

    /** Several issuers, or one with several keys. */
    public static Trust in(List<Issuer> issuers) {
        return new Trust(issuers, USUAL_LENGTH);
    }

    /** The same, for longer tokens. */
    public Trust withMaximumLength(int characters) {
        return new Trust(issuers, characters);
    }

    Algorithm algorithm() {
        return issuers.get(0).keys().get(0).algorithm();
    }

    String audience() {
        return TokenClaims.AUDIENCE;
    }

    Issuer onlyIssuer() {
        if (issuers.size() != 1) {
            throw new UnsupportedOperationException("several issuers");
        }
        return issuers.get(0);
    }
}
