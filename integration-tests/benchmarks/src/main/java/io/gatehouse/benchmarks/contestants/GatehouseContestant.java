package io.gatehouse.benchmarks.contestants;

import io.gatehouse.jwt.IssuerRoute;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.jwt.JwtTrust;
import io.gatehouse.jwt.KeysOfIssuer;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenMemorySettings;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.TrustedIssuer;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.infra.Blackhole;

/** Gatehouse, put together as its configuration puts it together for an application with local keys. */
public final class GatehouseContestant implements Contestant {

    private static final Duration SKEW = Duration.ofSeconds(Trust.SKEW_SECONDS);

    private final boolean remembering;

    private GatehouseContestant(boolean remembering) {
        this.remembering = remembering;
    }

    /** Validates each token anew, whether it was seen before or not: what the first request of a caller costs. */
    public static Contestant forgetful() {
        return new GatehouseContestant(false);
    }

    /** As an application gets it, with whatever it remembers of tokens. */
    public static Contestant remembering() {
        return new GatehouseContestant(true);
    }

    @Override
    public String title() {
        return "**Gatehouse**";
    }

    @Override
    public boolean supportsSeveralIssuers() {
        return true;
    }

    @Override
    public Validation trusting(Trust trust) {
        Map<IssuerIdentifier, IssuerRoute> routes = new HashMap<>();
        for (Trust.Issuer issuer : trust.issuers()) {
            routes.put(IssuerIdentifier.exactly(issuer.name()), new IssuerRoute.Verified(trustIn(issuer, trust)));
        }
        TokenValidator validator = new JwtTokenValidator(settings(trust), new IssuerIndex<>(routes), null);
        return (token, sink) -> accepts(validator, token, sink);
    }

    /** The one place that says whether validated tokens are remembered. */
    private JwtSettings settings(Trust trust) {
        TokenMemorySettings memory = remembering ? TokenMemorySettings.defaults() : TokenMemorySettings.none();
        return new JwtSettings(trust.maximumLength(), JwtSettings.DEFAULT_TYPES, null, memory);
    }

    private static JwtTrust trustIn(Trust.Issuer issuer, Trust trust) {
        KeyPolicy keyPolicy = KeyPolicy.strict(); // each key with the algorithm that its JWK names, and no other
        Set<String> required = new HashSet<>(ClaimsPolicy.JWT_REQUIRED_CLAIMS);
        required.add("sub");
        ClaimsPolicy claims = new ClaimsPolicy(
                new TrustedIssuer(issuer.name(), issuer.name()),
                new AudienceRule.OneOf(Set.of(trust.audience())),
                SKEW,
                SKEW,
                null,
                required,
                List.of("upn", "preferred_username", "sub"),
                "",
                false);
        return new JwtTrust(
                KeysOfIssuer.always(keys(issuer, keyPolicy)),
                keyPolicy,
                new ClaimsValidator(claims, Clock.systemUTC()),
                JwtSettings.DEFAULT_TYPES);
    }

    private static VerificationKeys keys(Trust.Issuer issuer, KeyPolicy policy) {
        try {
            return VerificationKeys.parse(issuer.jwks(), policy);
        } catch (UnusableKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean accepts(TokenValidator validator, String token, Blackhole sink) {
        if (!(validator.validate(AccessToken.of(token)) instanceof TokenValidationResult.Valid valid)) {
            return false;
        }
        ValidatedToken validated = valid.token();
        sink.consume(validated.claims().string("sub").orElse(null));
        sink.consume(validated.claims().strings("groups"));
        return true;
    }
}
