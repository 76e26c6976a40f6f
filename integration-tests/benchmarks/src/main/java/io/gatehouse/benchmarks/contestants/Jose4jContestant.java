package io.gatehouse.benchmarks.contestants;

import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.infra.Blackhole;

/** jose4j with one consumer that is kept. Several issuers by the two passes that its documentation shows. */
final class Jose4jContestant implements Contestant {

    @Override
    public String title() {
        return "jose4j";
    }

    @Override
    public boolean supportsSeveralIssuers() {
        return true;
    }

    @Override
    public Validation trusting(Trust trust) {
        Map<String, JwtConsumer> consumers = new HashMap<>();
        trust.issuers().forEach(issuer -> consumers.put(issuer.name(), consumer(issuer, trust)));
        return consumers.size() == 1 ? onePass(consumers.values().iterator().next()) : twoPasses(consumers);
    }

    private static Validation onePass(JwtConsumer consumer) {
        return (token, sink) -> {
            try {
                return read(consumer.processToClaims(token), sink);
            } catch (InvalidJwtException | MalformedClaimException refused) {
                return false;
            }
        };
    }

    private static Validation twoPasses(Map<String, JwtConsumer> consumers) {
        JwtConsumer first = new JwtConsumerBuilder()
                .setSkipAllValidators()
                .setDisableRequireSignature()
                .setSkipSignatureVerification()
                .build();
        return (token, sink) -> {
            try {
                JwtContext context = first.process(token);
                JwtConsumer second = consumers.get(context.getJwtClaims().getIssuer());
                if (second == null) {
                    return false;
                }
                second.processContext(context);
                return read(context.getJwtClaims(), sink);
            } catch (InvalidJwtException | MalformedClaimException refused) {
                return false;
            }
        };
    }

    private static JwtConsumer consumer(Trust.Issuer issuer, Trust trust) {
        try {
            return new JwtConsumerBuilder()
                    .setVerificationKeyResolver(
                            new JwksVerificationKeyResolver(new JsonWebKeySet(issuer.jwks()).getJsonWebKeys()))
                    .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                            ConstraintType.PERMIT, trust.algorithm().header()))
                    .setExpectedIssuer(issuer.name())
                    .setExpectedAudience(trust.audience())
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .setAllowedClockSkewInSeconds(Trust.SKEW_SECONDS)
                    .build();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean read(JwtClaims claims, Blackhole sink) throws MalformedClaimException {
        sink.consume(claims.getSubject());
        sink.consume(claims.getStringListClaimValue("groups"));
        return true;
    }
}
