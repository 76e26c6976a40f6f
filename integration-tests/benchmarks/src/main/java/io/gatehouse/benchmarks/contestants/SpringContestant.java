package io.gatehouse.benchmarks.contestants;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.gatehouse.benchmarks.tokens.Algorithm;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Spring Security's decoder. Several issuers the way of its {@code JwtIssuerAuthenticationManagerResolver}: the token is
 * parsed for its issuer first, and by that issuer's decoder again.
 */
final class SpringContestant implements Contestant {

    @Override
    public String title() {
        return "Spring NimbusJwtDecoder";
    }

    /** Nimbus' key selector knows no Edwards curve. */
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
        Map<String, JwtDecoder> decoders = new HashMap<>();
        trust.issuers().forEach(issuer -> decoders.put(issuer.name(), decoder(issuer, trust)));
        if (decoders.size() == 1) {
            JwtDecoder only = decoders.values().iterator().next();
            return (token, sink) -> accepts(only, token, sink);
        }
        return (token, sink) -> {
            JwtDecoder decoder = decoders.get(issuerOf(token));
            return decoder != null && accepts(decoder, token, sink);
        };
    }

    private static String issuerOf(String token) {
        try {
            return JWTParser.parse(token).getJWTClaimsSet().getIssuer();
        } catch (ParseException malformed) {
            return "";
        }
    }

    private static JwtDecoder decoder(Trust.Issuer issuer, Trust trust) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(NimbusContestant.selector(issuer, trust));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // as the decoder's own builders do
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(Duration.ofSeconds(Trust.SKEW_SECONDS)),
                new JwtIssuerValidator(issuer.name()),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(trust.audience())),
                new JwtClaimValidator<Object>("exp", Objects::nonNull),
                new JwtClaimValidator<String>("sub", Objects::nonNull)));
        return decoder;
    }

    private static boolean accepts(JwtDecoder decoder, String token, Blackhole sink) {
        try {
            Jwt jwt = decoder.decode(token);
            sink.consume(jwt.getSubject());
            sink.consume(jwt.getClaimAsStringList("groups"));
            return true;
        } catch (JwtException refused) {
            return false;
        }
    }
}
