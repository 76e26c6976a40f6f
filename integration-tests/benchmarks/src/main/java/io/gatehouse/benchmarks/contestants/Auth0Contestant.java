package io.gatehouse.benchmarks.contestants;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.ECDSAKeyProvider;
import com.auth0.jwt.interfaces.RSAKeyProvider;
import io.gatehouse.benchmarks.tokens.Algorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import org.openjdk.jmh.infra.Blackhole;

/** auth0's java-jwt, with a key provider over a map: it reads no JWK Sets itself. */
final class Auth0Contestant implements Contestant {

    @Override
    public String title() {
        return "auth0 java-jwt";
    }

    @Override
    public boolean supports(Algorithm algorithm) {
        return algorithm != Algorithm.EDDSA;
    }

    @Override
    public Validation trusting(Trust trust) {
        JWTVerifier verifier = JWT.require(algorithm(trust))
                .withIssuer(trust.onlyIssuer().name())
                .withAudience(trust.audience())
                .withClaimPresence("exp")
                .withClaimPresence("sub")
                .acceptLeeway(Trust.SKEW_SECONDS)
                .build();
        return (token, sink) -> accepts(verifier, token, sink);
    }

    private static com.auth0.jwt.algorithms.Algorithm algorithm(Trust trust) {
        Map<String, PublicKey> keys = trust.onlyIssuer().keysById();
        return switch (trust.algorithm()) {
            case RS256 -> com.auth0.jwt.algorithms.Algorithm.RSA256(new RsaKeys(keys));
            case PS256 -> com.auth0.jwt.algorithms.Algorithm.RSA256PSS(new RsaKeys(keys));
            case ES256 -> com.auth0.jwt.algorithms.Algorithm.ECDSA256(new EcKeys(keys));
            case EDDSA -> throw new UnsupportedOperationException("EdDSA");
        };
    }

    private static boolean accepts(JWTVerifier verifier, String token, Blackhole sink) {
        try {
            DecodedJWT jwt = verifier.verify(token);
            sink.consume(jwt.getSubject());
            sink.consume(jwt.getClaim("groups").asList(String.class));
            return true;
        } catch (JWTVerificationException refused) {
            return false;
        }
    }

    private record RsaKeys(Map<String, PublicKey> keys) implements RSAKeyProvider {

        @Override
        public RSAPublicKey getPublicKeyById(String keyId) {
            return (RSAPublicKey) keys.get(keyId);
        }

        @Override
        public RSAPrivateKey getPrivateKey() {
            return null;
        }

        @Override
        public String getPrivateKeyId() {
            return null;
        }
    }

    private record EcKeys(Map<String, PublicKey> keys) implements ECDSAKeyProvider {

        @Override
        public ECPublicKey getPublicKeyById(String keyId) {
            return (ECPublicKey) keys.get(keyId);
        }

        @Override
        public ECPrivateKey getPrivateKey() {
            return null;
        }

        @Override
        public String getPrivateKeyId() {
            return null;
        }
    }
}
