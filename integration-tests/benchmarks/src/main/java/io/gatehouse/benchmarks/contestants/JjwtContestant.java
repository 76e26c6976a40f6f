package io.gatehouse.benchmarks.contestants;

import io.gatehouse.benchmarks.tokens.Algorithm;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.ProtectedHeader;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.infra.Blackhole;

/** jjwt with Jackson. */
final class JjwtContestant implements Contestant {

    @Override
    public String title() {
        return "jjwt (Jackson)";
    }

    @Override
    public Validation trusting(Trust trust) {
        Map<String, Key> keys = new HashMap<>();
        for (Jwk<?> jwk :
                Jwks.setParser().build().parse(trust.onlyIssuer().jwks()).getKeys()) {
            keys.put(jwk.getId(), jwk.toKey());
        }
        JwtParser parser = Jwts.parser()
                .keyLocator(header -> header instanceof ProtectedHeader signed ? keys.get(signed.getKeyId()) : null)
                .sig()
                .clear()
                .add(algorithm(trust.algorithm()))
                .and()
                .requireIssuer(trust.onlyIssuer().name())
                .requireAudience(trust.audience())
                .clockSkewSeconds(Trust.SKEW_SECONDS)
                .build();
        return (token, sink) -> accepts(parser, token, sink);
    }

    private static SecureDigestAlgorithm<?, ?> algorithm(Algorithm algorithm) {
        return Jwts.SIG.get().forKey(algorithm.header());
    }

    private static boolean accepts(JwtParser parser, String token, Blackhole sink) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            if (claims.getSubject() == null || claims.getExpiration() == null) {
                return false;
            }
            sink.consume(claims.getSubject());
            sink.consume(claims.get("groups"));
            return true;
        } catch (JwtException | IllegalArgumentException refused) {
            return false;
        }
    }
}
