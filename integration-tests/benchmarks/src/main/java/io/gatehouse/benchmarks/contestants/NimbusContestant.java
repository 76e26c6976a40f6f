package io.gatehouse.benchmarks.contestants;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.gatehouse.benchmarks.tokens.Algorithm;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.infra.Blackhole;

/** Nimbus JOSE+JWT with the processor that its documentation recommends. Several issuers by its claims-aware selector. */
final class NimbusContestant implements Contestant {

    @Override
    public String title() {
        return "Nimbus JOSE+JWT";
    }

    /** Its key selector knows no Edwards curve. */
    @Override
    public boolean supports(Algorithm algorithm) {
        return algorithm != Algorithm.EDDSA;
    }

    @Override
    public boolean supportsSeveralIssuers() {
        return true;
    }

    @Override
    public Validation trusting(Trust trust) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        if (trust.issuers().size() == 1) {
            processor.setJWSKeySelector(selector(trust.onlyIssuer(), trust));
        } else {
            Map<String, JWSKeySelector<SecurityContext>> selectors = new HashMap<>();
            trust.issuers().forEach(issuer -> selectors.put(issuer.name(), selector(issuer, trust)));
            processor.setJWTClaimsSetAwareJWSKeySelector((header, claims, context) ->
                    selectors.get(claims.getIssuer()).selectJWSKeys(header, context));
        }
        processor.setJWTClaimsSetVerifier(claimsVerifier(trust));
        return (token, sink) -> accepts(processor, token, sink);
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claimsVerifier(Trust trust) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (trust.issuers().size() == 1) {
            exact.issuer(trust.onlyIssuer().name());
        }
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(trust.audience(), exact.build(), Set.of("iss", "sub", "exp"));
        verifier.setMaxClockSkew(Trust.SKEW_SECONDS);
        return verifier;
    }

    static JWSKeySelector<SecurityContext> selector(Trust.Issuer issuer, Trust trust) {
        return new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(trust.algorithm().header()), keys(issuer));
    }

    static JWKSource<SecurityContext> keys(Trust.Issuer issuer) {
        try {
            return new ImmutableJWKSet<>(JWKSet.parse(issuer.jwks()));
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean accepts(DefaultJWTProcessor<SecurityContext> processor, String token, Blackhole sink) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            sink.consume(claims.getSubject());
            sink.consume(claims.getStringListClaim("groups"));
            return true;
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException refused) {
            return false;
        }
    }
}
