package io.gatehouse.benchmarks.contestants;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.openjdk.jmh.infra.Blackhole;

/** SmallRye JWT, the MicroProfile JWT of WildFly and Quarkus. */
final class SmallRyeContestant implements Contestant {

    @Override
    public String title() {
        return "SmallRye JWT";
    }

    @Override
    public Validation trusting(Trust trust) {
        JWTAuthContextInfo info = new JWTAuthContextInfo();
        info.setPublicKeyContent(trust.onlyIssuer().jwks());
        info.setIssuedBy(trust.onlyIssuer().name());
        info.setExpectedAudience(Set.of(trust.audience()));
        info.setSignatureAlgorithm(
                Set.of(SignatureAlgorithm.valueOf(trust.algorithm().name())));
        info.setClockSkew(Trust.SKEW_SECONDS);
        info.setRequiredClaims(Set.of("sub"));
        JWTParser parser = new DefaultJWTParser(info);
        return (token, sink) -> accepts(parser, token, sink);
    }

    private static boolean accepts(JWTParser parser, String token, Blackhole sink) {
        try {
            JsonWebToken jwt = parser.parse(token);
            sink.consume(jwt.getSubject());
            sink.consume(jwt.getGroups());
            return true;
        } catch (ParseException refused) {
            return false;
        }
    }
}
