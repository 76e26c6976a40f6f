package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenMemorySettings;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.math.BigDecimal;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever happens to the clock and to the issuer's keys, a gate that remembers tokens says the same of each one, at each
 * moment, as a gate that remembers nothing.
 */
class RememberedAsVerifiedTest {

    private static final int STEPS = 3000;

    private final MutableClock clock = new MutableClock();
    private VerificationKeys now = keys(TestKeys.RSA.getPublic());

    private static VerificationKeys keys(PublicKey key) {
        try {
            return VerificationKeys.parse(jwks(jwk(key, "kid", TestJson.quote(TestTokens.KID))), KeyPolicy.strict());
        } catch (UnusableKeyException unusable) {
            throw new AssertionError(unusable);
        }
    }

    private TokenValidator gate(TokenMemorySettings memory, int skew, int age) {
        ClaimsPolicy usual = TestTokens.policy();
        ClaimsPolicy policy = new ClaimsPolicy(
                usual.issuer(),
                usual.audience(),
                Duration.ofSeconds(skew),
                Duration.ofSeconds(5),
                age == 0 ? null : Duration.ofSeconds(age),
                usual.requiredClaims(),
                usual.callerNameClaims(),
                "",
                false);
        VerificationKeys current = kid -> now.lookup(kid);
        JwtTrust trust = new JwtTrust(
                issuer -> current, KeyPolicy.strict(), new ClaimsValidator(policy, clock), JwtSettings.DEFAULT_TYPES);
        return new JwtTokenValidator(
                new JwtSettings(JwtSettings.DEFAULT_MAXIMUM_LENGTH, JwtSettings.DEFAULT_TYPES, null, memory),
                new IssuerIndex<>(Map.of(IssuerIdentifier.exactly(TestTokens.ISSUER), new IssuerRoute.Verified(trust))),
                null,
                clock,
                (issuer, remembered) -> {});
    }

    /** Some that begin and end around now, some to the millisecond or less; and to each one that nobody signed. */
    private static List<String> tokens(Random random) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            TestTokens token = TestTokens.valid()
                    .claim("upn", TestJson.quote("caller" + i))
                    .claim("exp", time(random, 60))
                    .claim("iat", time(random, 10));
            String genuine = (random.nextBoolean() ? token : token.claim("nbf", time(random, 10))).compact();
            tokens.add(genuine);
            tokens.add(token.signedWith(SignatureAlgorithm.RS256, TestKeys.OTHER_RSA.getPrivate())
                    .compact());
            tokens.add(
                    genuine.substring(0, genuine.lastIndexOf('.') - 1) + genuine.substring(genuine.lastIndexOf('.')));
        }
        return tokens;
    }

    private static String time(Random random, int within) {
        BigDecimal seconds = BigDecimal.valueOf(TestTokens.NOW.getEpochSecond() + random.nextInt(within));
        return seconds.add(BigDecimal.valueOf(random.nextInt(1_000_000), new int[] {0, 3, 6}[random.nextInt(3)])
                        .remainder(BigDecimal.ONE))
                .toPlainString();
    }

    private void somethingHappens(Random random) {
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> now = keys(TestKeys.RSA.getPublic());
            case 4 -> now = keys(TestKeys.OTHER_RSA.getPublic());
            case 5 -> now = kid -> new KeyLookup.NotFound();
            case 6 -> now = kid -> new KeyLookup.Unavailable(Duration.ofSeconds(1));
            case 7 -> clock.advance(Duration.ofSeconds(random.nextInt(4)).negated()); // somebody sets it right
            case 8, 9, 10, 11, 12, 13 -> clock.advance(Duration.ofMillis(random.nextInt(1500)));
            case 14, 15 -> clock.advance(Duration.ofNanos(random.nextInt(2_000_000)));
            default -> {}
        }
    }

    private static String verdict(TokenValidator gate, String token) {
        TokenValidationResult known = gate.remembered(new String(token.toCharArray()));
        return (known == null ? gate.validate(AccessToken.of(new String(token.toCharArray()))) : known)
                .match(
                        valid -> valid.token().callerName()
                                + valid.token().claims().asMap(),
                        TokenValidationResult.Invalid::toString,
                        TokenValidationResult.Unavailable::toString);
    }

    @ParameterizedTest
    @CsvSource({"1, true, 0, 0", "2, false, 0, 0", "3, true, 3, 20", "4, false, 3, 20", "5, true, 0, 15"})
    void theVerdictIsTheSame(int seed, boolean kept, int skew, int age) {
        Random random = new Random(seed);
        TokenValidator remembering = gate(new TokenMemorySettings(Duration.ofSeconds(30), 8, kept), skew, age);
        TokenValidator forgetful = gate(TokenMemorySettings.none(), skew, age);
        List<String> tokens = tokens(random);
        int accepted = 0;
        for (int step = 0; step < STEPS; step++) {
            if (step % 500 == 0) { // the tokens' minute begins again
                clock.advance(Duration.between(clock.instant(), TestTokens.NOW));
                now = keys(TestKeys.RSA.getPublic());
            }
            somethingHappens(random);
            String token = tokens.get(random.nextInt(tokens.size()));
            String fresh = verdict(forgetful, token);
            assertThat(verdict(remembering, token))
                    .as("step %d at %s", step, clock.instant())
                    .isEqualTo(fresh);
            accepted += fresh.startsWith("caller") ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(STEPS / 20);
    }
}
