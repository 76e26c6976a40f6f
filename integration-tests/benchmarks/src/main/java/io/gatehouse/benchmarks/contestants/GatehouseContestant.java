package io.gatehouse.benchmarks.contestants;

import io.gatehouse.jwt.IssuerRoute;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.jwt.JwtTokenValidator;
import io.gatehouse.jwt.JwtTrust;
import io.gatehouse.jwt.KeysOfIssuer;
import io.gatehouse.jwt.ValidationObserver;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureProvider;
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

    private static final String TITLE = "**Gatehouse**";
    private static final Duration SKEW = Duration.ofSeconds(Trust.SKEW_SECONDS);

    private final String title;
    private final TokenMemorySettings memory;
    private final SignatureProvider provider;

    private GatehouseContestant(String title, TokenMemorySettings memory, SignatureProvider provider) {
        this.title = title;
        this.memory = memory;
        this.provider = provider;
    }

    /** Validates each token anew, whether it was seen before or not: what the first request of a caller costs. */
    public static Contestant forgetful() {
        return new GatehouseContestant(TITLE, TokenMemorySettings.none(), SignatureProvider.platform());
    }

    /** As an application gets it, with whatever it remembers of tokens. */
    public static Contestant remembering() {
        return new GatehouseContestant(TITLE, TokenMemorySettings.defaults(), SignatureProvider.platform());
    }

    /** Forgetful, with signatures verified by this provider. */
    public static Contestant verifyingWith(SignatureProvider provider) {
        return new GatehouseContestant(TITLE + " with " + provider.name(), TokenMemorySettings.none(), provider);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean supportsSeveralIssuers() {
        return true;
    }

    @Override
    public Validation trusting(Trust trust) {
        TokenValidator validator = validator(trust, memory, provider, (issuer, remembered) -> {});
        return (token, sink) -> accepts(validator, token, sink);
    }

    /** The validator itself, which remembers tokens so, and tells this observer of them. */
    public static TokenValidator validator(
            Trust trust, TokenMemorySettings memory, SignatureProvider provider, ValidationObserver observer) {
        // each key with the algorithm that its JWK names, and no other
        KeyPolicy keyPolicy = new KeyPolicy(Set.of(), KeyPolicy.STRONG_RSA_BITS, provider);
        Map<IssuerIdentifier, IssuerRoute> routes = new HashMap<>();
        for (Trust.Issuer issuer : trust.issuers()) {
            JwtTrust trusted = trustIn(issuer, trust, keyPolicy);
            routes.put(IssuerIdentifier.exactly(issuer.name()), new IssuerRoute.Verified(trusted));
        }
        JwtSettings settings = new JwtSettings(trust.maximumLength(), JwtSettings.DEFAULT_TYPES, null, memory);
        return new JwtTokenValidator(settings, new IssuerIndex<>(routes), null, Clock.systemUTC(), observer);
    }

    private static JwtTrust trustIn(Trust.Issuer issuer, Trust trust, KeyPolicy keyPolicy) {
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
        if (!(validate(validator, token) instanceof TokenValidationResult.Valid valid)) {
            return false;
        }
        ValidatedToken validated = valid.token();
        sink.consume(validated.claims().string("sub").orElse(null));
        sink.consume(validated.claims().strings("groups"));
        return true;
    }

    /** As a request does it: whether the token is remembered is asked first, with the header's text as it is. */
    private static TokenValidationResult validate(TokenValidator validator, String token) {
        TokenValidationResult remembered = validator.remembered(token);
        return remembered == null ? validator.validate(AccessToken.of(token)) : remembered;
    }
}
