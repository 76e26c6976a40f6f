package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenValidationResult;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A validator for tokens of {@link TestTokens}, with keys that count how often they are asked for. */
final class TestGate {

    private final JwtTokenValidator validator;
    private int lookups;

    private TestGate(VerificationKeys keys, KeyPolicy policy, JwtSettings settings) {
        VerificationKeys counting = kid -> {
            lookups++;
            return keys.lookup(kid);
        };
        ClaimsValidator claims = new ClaimsValidator(TestTokens.policy(), TestTokens.CLOCK);
        validator = new JwtTokenValidator(
                settings, verified(Map.of(TestTokens.ISSUER, trust(counting, policy, claims, settings))), null);
    }

    static JwtTrust trust(VerificationKeys keys, KeyPolicy policy, ClaimsValidator claims, JwtSettings settings) {
        return new JwtTrust(KeysOfIssuer.always(keys), policy, claims, settings.acceptedTypes());
    }

    /** Issuers whose tokens are verified here, by what they call themselves. */
    static IssuerIndex<IssuerRoute> verified(Map<String, JwtTrust> issuers) {
        Map<IssuerIdentifier, IssuerRoute> routes = new HashMap<>();
        issuers.forEach(
                (issuer, trust) -> routes.put(IssuerIdentifier.exactly(issuer), new IssuerRoute.Verified(trust)));
        return new IssuerIndex<>(routes);
    }

    /** The RSA key of {@link TestTokens#valid}, good for RS256. */
    static TestGate rsa() {
        return of(TestKeys.RSA.getPublic());
    }

    /** One key under the id of {@link TestTokens#valid}; further JWK members as name, JSON, name, … */
    static TestGate of(PublicKey key, String... members) {
        Map<String, String> jwk = jwk(key, members);
        jwk.putIfAbsent("kid", TestJson.quote(TestTokens.KID));
        return ofText(jwks(jwk));
    }

    /** The key that fits the algorithm, for this algorithm only. */
    static TestGate of(SignatureAlgorithm algorithm) {
        return of(TestKeys.of(algorithm).getPublic(), "alg", TestJson.quote(algorithm.headerName()));
    }

    /** Keys in any form, with these algorithms on the allow-list, or none. */
    static TestGate ofText(String keys, SignatureAlgorithm... allowed) {
        KeyPolicy policy = new KeyPolicy(Set.of(allowed), KeyPolicy.STRONG_RSA_BITS);
        try {
            return new TestGate(VerificationKeys.parse(keys, policy), policy, settings(null));
        } catch (UnusableKeyException unusable) {
            throw new AssertionError(unusable);
        }
    }

    /** An answer for every key id. */
    static TestGate answering(KeyLookup answer) {
        return new TestGate(kid -> answer, KeyPolicy.strict(), settings(null));
    }

    /** The RSA key, and other settings. */
    static TestGate with(JwtSettings settings) {
        try {
            VerificationKeys keys = VerificationKeys.parse(
                    jwks(jwk(TestKeys.RSA.getPublic(), "kid", TestJson.quote(TestTokens.KID))), KeyPolicy.strict());
            return new TestGate(keys, KeyPolicy.strict(), settings);
        } catch (UnusableKeyException unusable) {
            throw new AssertionError(unusable);
        }
    }

    static JwtSettings settings(JweSettings encryption) {
        return new JwtSettings(JwtSettings.DEFAULT_MAXIMUM_LENGTH, JwtSettings.DEFAULT_TYPES, encryption);
    }

    TokenValidationResult validate(String token) {
        return validator.validate(AccessToken.of(token));
    }

    boolean accepts(String token) {
        return validate(token) instanceof TokenValidationResult.Valid;
    }

    int lookups() {
        return lookups;
    }

    void assertAccepted(TestTokens token) {
        assertThat(validate(token.compact())).isInstanceOf(TokenValidationResult.Valid.class);
    }

    void assertRefused(TestTokens token, InvalidTokenReason reason) {
        assertRefused(token.compact(), reason);
    }

    void assertRefused(String token, InvalidTokenReason reason) {
        assertThat(validate(token)).isEqualTo(new TokenValidationResult.Invalid(reason));
    }
}
