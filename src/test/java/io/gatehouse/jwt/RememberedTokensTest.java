package io.gatehouse.jwt;

import static io.gatehouse.testing.TestKeys.jwk;
import static io.gatehouse.testing.TestKeys.jwks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestKeys;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import io.gatehouse.token.ClaimsValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.IssuerIdentifier;
import io.gatehouse.token.IssuerIndex;
import io.gatehouse.token.TokenMemorySettings;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import io.gatehouse.token.TrustedIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A token that was accepted is accepted again without its signature being verified, for as long as all it rested on holds.
 * That no signature is verified shows where none would be found good: keys that say anything but the first key is meant.
 */
class RememberedTokensTest {

    private static final TokenMemorySettings ON = new TokenMemorySettings(Duration.ofMinutes(5), 100, true);
    private static final TokenMemorySettings BY_DIGEST = new TokenMemorySettings(Duration.ofMinutes(5), 100, false);

    private final MutableClock clock = new MutableClock();
    private final IssuersKeys keys = new IssuersKeys();
    private final AtomicInteger asked = new AtomicInteger();
    private TokenValidationResult confirmation = new TokenValidationResult.Invalid(InvalidTokenReason.NOT_ACTIVE);

    /** Keys that change, and count how often they are asked for. */
    private static final class IssuersKeys implements VerificationKeys {
        final AtomicInteger lookups = new AtomicInteger();
        volatile VerificationKeys now = parse(TestKeys.RSA.getPublic());

        static VerificationKeys parse(java.security.PublicKey key) {
            try {
                return VerificationKeys.parse(
                        jwks(jwk(key, "kid", TestJson.quote(TestTokens.KID))), KeyPolicy.strict());
            } catch (UnusableKeyException unusable) {
                throw new AssertionError(unusable);
            }
        }

        @Override
        public KeyLookup lookup(String kid) {
            lookups.incrementAndGet();
            return now.lookup(kid);
        }
    }

    /** Counts how often claims are looked at, which is once per token that is not remembered. */
    private final AtomicInteger decisions = new AtomicInteger();

    private JwtTrust trust(String issuer) {
        ClaimsPolicy usual = TestTokens.policy();
        AudienceRule counting = new AudienceRule.OneOf(Set.of(TestTokens.AUDIENCE));
        ClaimsPolicy policy = new ClaimsPolicy(
                new TrustedIssuer(issuer, issuer),
                counting,
                Duration.ZERO,
                Duration.ZERO,
                null,
                usual.requiredClaims(),
                usual.callerNameClaims(),
                "",
                false);
        KeysOfIssuer counted = issuerName -> {
            decisions.incrementAndGet();
            return keys;
        };
        return new JwtTrust(counted, KeyPolicy.strict(), new ClaimsValidator(policy, clock), JwtSettings.DEFAULT_TYPES);
    }

    private JwtTokenValidator validator(TokenMemorySettings memory, Map<IssuerIdentifier, IssuerRoute> routes) {
        JwtSettings settings =
                new JwtSettings(JwtSettings.DEFAULT_MAXIMUM_LENGTH, JwtSettings.DEFAULT_TYPES, null, memory);
        return new JwtTokenValidator(settings, new IssuerIndex<>(routes), null, clock, (issuer, remembered) -> {});
    }

    private JwtTokenValidator verifying(TokenMemorySettings memory) {
        return validator(
                memory,
                Map.of(
                        IssuerIdentifier.exactly(TestTokens.ISSUER),
                        new IssuerRoute.Verified(trust(TestTokens.ISSUER))));
    }

    /** As a request does it: first it is asked whether the token is remembered. */
    private static TokenValidationResult validate(TokenValidator validator, String token) {
        TokenValidationResult remembered = validator.remembered(new String(token.toCharArray()));
        return remembered == null ? validator.validate(AccessToken.of(new String(token.toCharArray()))) : remembered;
    }

    private static boolean accepts(TokenValidator validator, String token) {
        return validate(validator, token) instanceof TokenValidationResult.Valid;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areVerifiedOnceAndTheirKeyIsLookedUpEachTime(boolean kept) {
        JwtTokenValidator validator = verifying(kept ? ON : BY_DIGEST);
        String token = TestTokens.valid().compact();
        for (int i = 0; i < 10; i++) {
            assertThat(accepts(validator, token)).isTrue();
        }
        assertThat(decisions).hasValue(1);
        assertThat(keys.lookups).hasValue(10);
    }

    /** The figures count by it. */
    @Test
    void areToldApartFromThoseThatWereVerified() {
        List<String> told = new ArrayList<>();
        JwtTokenValidator validator = new JwtTokenValidator(
                new JwtSettings(JwtSettings.DEFAULT_MAXIMUM_LENGTH, JwtSettings.DEFAULT_TYPES, null, ON),
                new IssuerIndex<>(Map.of(
                        IssuerIdentifier.exactly(TestTokens.ISSUER),
                        new IssuerRoute.Verified(trust(TestTokens.ISSUER)))),
                null,
                clock,
                (issuer, remembered) -> told.add(issuer + " " + remembered));
        String token = TestTokens.valid().compact();

        assertThat(accepts(validator, token)).isTrue();
        assertThat(accepts(validator, token)).isTrue();
        assertThat(validator.validate(AccessToken.of(token))).isInstanceOf(TokenValidationResult.Valid.class);
        assertThat(accepts(validator, TestTokens.valid().claim("exp", "1").compact()))
                .isFalse();

        assertThat(told)
                .containsExactly(
                        TestTokens.ISSUER + " false", TestTokens.ISSUER + " true", TestTokens.ISSUER + " true");
    }

    @Test
    void areNotThereBeforeTheyWereVerifiedOrWhereTheirTextIsNotKept() {
        String token = TestTokens.valid().compact();
        JwtTokenValidator keeping = verifying(ON);
        assertThat(keeping.remembered(token)).isNull();
        JwtTokenValidator byDigest = verifying(BY_DIGEST);
        assertThat(accepts(byDigest, token)).isTrue();
        assertThat(byDigest.remembered(token)).isNull();
        assertThat(keys.lookups).hasValue(1);
    }

    @Test
    void areFoundAlsoByWhoeverDoesNotAskForThem() {
        JwtTokenValidator validator = verifying(ON);
        AccessToken token = AccessToken.of(TestTokens.valid().compact());
        for (int i = 0; i < 3; i++) {
            assertThat(validator.validate(token)).isInstanceOf(TokenValidationResult.Valid.class);
        }
        assertThat(decisions).hasValue(1);
    }

    @Test
    void areVerifiedEachTimeWhereThatIsConfigured() {
        JwtTokenValidator validator = verifying(TokenMemorySettings.none());
        String token = TestTokens.valid().compact();
        for (int i = 0; i < 10; i++) {
            assertThat(accepts(validator, token)).isTrue();
        }
        assertThat(decisions).hasValue(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sayTheSameAsBefore(boolean kept) {
        JwtTokenValidator validator = verifying(kept ? ON : BY_DIGEST);
        String compact = TestTokens.valid().compact();
        TokenValidationResult.Valid first = (TokenValidationResult.Valid) validate(validator, compact);
        TokenValidationResult.Valid again = (TokenValidationResult.Valid) validate(validator, compact);
        assertThat(again.token().claims().asMap())
                .isEqualTo(first.token().claims().asMap());
        assertThat(again.token().accessToken()).isEqualTo(AccessToken.of(compact));
        assertThat(again.token().callerName()).isEqualTo("alice@example.com");
        assertThat(again.token().expiresAt()).isEqualTo(first.token().expiresAt());
        assertThat(again.token().introspected()).isFalse();
    }

    @Test
    void doNotHaveTheirClaimsReadAgainAndAgain() {
        JwtTokenValidator validator = verifying(ON);
        subject(validator);
        assertThat(subject(validator)).isSameAs(subject(validator));
    }

    /** Whoever asks for little memory gets it. */
    @Test
    void haveTheirClaimsReadEachTimeWhereTheTokensAreNotKept() {
        JwtTokenValidator validator = verifying(BY_DIGEST);
        subject(validator);
        assertThat(subject(validator)).isNotSameAs(subject(validator)).isEqualTo(subject(validator));
    }

    private static Object subject(JwtTokenValidator validator) {
        String token = TestTokens.valid()
                .claim("sub", TestJson.quote("caller".repeat(10)))
                .compact();
        TokenValidationResult.Valid valid = (TokenValidationResult.Valid) validate(validator, token);
        return valid.token().claims().get("sub");
    }

    @Test
    void areNoOtherTokens() {
        JwtTokenValidator validator = verifying(ON);
        String token = TestTokens.valid().compact();
        assertThat(accepts(validator, token)).isTrue();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(accepts(validator, token.substring(0, i) + other + token.substring(i + 1)))
                    .isFalse();
        }
        assertThat(accepts(validator, token)).isTrue();
    }

    @Nested
    class AreRefused {

        private final JwtTokenValidator validator = verifying(ON);
        private final String token = TestTokens.valid().compact();

        @Test
        void whenTheyExpire() {
            assertThat(accepts(validator, token)).isTrue();
            clock.advance(Duration.ofSeconds(299));
            assertThat(accepts(validator, token)).isTrue();
            clock.advance(Duration.ofSeconds(1));
            assertThat(validate(validator, token))
                    .isEqualTo(new TokenValidationResult.Invalid(InvalidTokenReason.EXPIRED));
        }

        @Test
        void whenTheirKeyIsWithdrawn() {
            assertThat(accepts(validator, token)).isTrue();
            keys.now = kid -> new KeyLookup.NotFound();
            assertThat(validate(validator, token))
                    .isEqualTo(new TokenValidationResult.Invalid(InvalidTokenReason.KEY_NOT_KNOWN));
        }

        @Test
        void whenAnotherKeyHasTheIdOfTheirs() {
            assertThat(accepts(validator, token)).isTrue();
            assertThat(validator.rememberedTokens()).isEqualTo(1);
            keys.now = IssuersKeys.parse(TestKeys.OTHER_RSA.getPublic());
            assertThat(validate(validator, token))
                    .isEqualTo(new TokenValidationResult.Invalid(InvalidTokenReason.SIGNATURE_NOT_VALID));
            assertThat(validator.rememberedTokens()).isZero();
        }

        @Test
        void forTheTimeThatTheirKeysAreTooOldToBeTrusted() {
            VerificationKeys usual = keys.now;
            assertThat(accepts(validator, token)).isTrue();
            keys.now = kid -> new KeyLookup.Unavailable(Duration.ofSeconds(7));
            assertThat(validate(validator, token))
                    .isEqualTo(new TokenValidationResult.Unavailable(Duration.ofSeconds(7)));
            keys.now = usual;
            assertThat(accepts(validator, token)).isTrue();
            assertThat(decisions).hasValue(1);
        }
    }

    @Test
    void areVerifiedAnewWhenTheirKeyWasReadAnew() {
        JwtTokenValidator validator = verifying(ON);
        String token = TestTokens.valid().compact();
        assertThat(accepts(validator, token)).isTrue();
        keys.now = IssuersKeys.parse(TestKeys.RSA.getPublic());
        assertThat(accepts(validator, token)).isTrue();
        assertThat(decisions).hasValue(2);
        assertThat(accepts(validator, token)).isTrue();
        assertThat(decisions).hasValue(2);
    }

    @Test
    void areConfirmedByTheirIssuerEachTimeWhereBothDecide() {
        TokenValidator issuer = token -> {
            asked.incrementAndGet();
            return confirmation;
        };
        JwtTokenValidator validator = validator(
                ON,
                Map.of(
                        IssuerIdentifier.exactly(TestTokens.ISSUER),
                        new IssuerRoute.Confirmed(trust(TestTokens.ISSUER), issuer)));
        String token = TestTokens.valid().compact();
        confirmation = new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));
        assertThat(accepts(validator, token)).isTrue();
        assertThat(accepts(validator, token)).isTrue();
        confirmation = new TokenValidationResult.Invalid(InvalidTokenReason.NOT_ACTIVE);
        assertThat(validate(validator, token)).isEqualTo(confirmation);
        assertThat(asked).hasValue(3);
        assertThat(decisions).hasValue(1);
    }

    /** One authorization server with one key for two issuers, and the header of their tokens is the same. */
    @Test
    void areConfirmedByTheirIssuerAlsoWhereAnotherOneWithTheSameKeyConfirmsNothing() {
        String other = "https://other.example";
        TokenValidator issuer = token -> confirmation;
        JwtTokenValidator validator = validator(
                ON,
                Map.of(
                        IssuerIdentifier.exactly(TestTokens.ISSUER),
                        new IssuerRoute.Verified(trust(TestTokens.ISSUER)),
                        IssuerIdentifier.exactly(other),
                        new IssuerRoute.Confirmed(trust(other), issuer)));
        String unconfirmed = TestTokens.valid().compact();
        String confirmed =
                TestTokens.valid().claim("iss", TestJson.quote(other)).compact();
        confirmation = new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));
        assertThat(accepts(validator, unconfirmed)).isTrue();
        assertThat(accepts(validator, confirmed)).isTrue();
        confirmation = new TokenValidationResult.Invalid(InvalidTokenReason.NOT_ACTIVE);
        assertThat(validate(validator, confirmed)).isEqualTo(confirmation);
        assertThat(accepts(validator, unconfirmed)).isTrue();
        assertThat(decisions).hasValue(2);
    }

    /** The second is looked at while the first is, as by another thread: neither keeps a memory of strings of its own. */
    @Test
    void shareTheStringsThatTheyHaveInCommon() {
        AtomicReference<TokenValidator> gate = new AtomicReference<>();
        AtomicReference<TokenValidationResult> inner = new AtomicReference<>();
        String second =
                TestTokens.valid().claim("azp", "\"shop\"").claim("jti", "2").compact();
        TokenValidator issuer = token -> {
            if (asked.getAndIncrement() == 0) {
                inner.set(validate(gate.get(), second));
            }
            return new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));
        };
        gate.set(validator(
                ON,
                Map.of(
                        IssuerIdentifier.exactly(TestTokens.ISSUER),
                        new IssuerRoute.Confirmed(trust(TestTokens.ISSUER), issuer))));
        TokenValidationResult outer =
                validate(gate.get(), TestTokens.valid().claim("azp", "\"shop\"").compact());
        assertThat(azp(outer)).isEqualTo("shop").isSameAs(azp(inner.get()));
    }

    private static Object azp(TokenValidationResult result) {
        return ((TokenValidationResult.Valid) result).token().claims().get("azp");
    }

    @Test
    void areNeverThoseThatTheIssuerIsAskedAbout() {
        TokenValidationResult.Valid valid =
                new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims()));
        TokenValidator issuer = token -> {
            asked.incrementAndGet();
            return valid;
        };
        JwtTokenValidator validator =
                validator(ON, Map.of(IssuerIdentifier.exactly(TestTokens.ISSUER), new IssuerRoute.Asked(issuer)));
        for (int i = 0; i < 3; i++) {
            assertThat(accepts(validator, TestTokens.valid().compact())).isTrue();
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void keepTheirIssuer() {
        String other = "https://other.example";
        JwtTokenValidator validator = validator(
                ON,
                Map.of(
                        IssuerIdentifier.exactly(TestTokens.ISSUER),
                        new IssuerRoute.Verified(trust(TestTokens.ISSUER)),
                        IssuerIdentifier.exactly(other),
                        new IssuerRoute.Verified(trust(other))));
        String one = TestTokens.valid().compact();
        String two = TestTokens.valid().claim("iss", TestJson.quote(other)).compact();
        for (int i = 0; i < 3; i++) {
            assertThat(((TokenValidationResult.Valid) validate(validator, one))
                            .token()
                            .issuer()
                            .name())
                    .isEqualTo(TestTokens.ISSUER);
            assertThat(((TokenValidationResult.Valid) validate(validator, two))
                            .token()
                            .issuer()
                            .name())
                    .isEqualTo(other);
        }
        assertThat(decisions).hasValue(2);
    }

    @Test
    void areNotMixedUpByManyThreads() throws Exception {
        JwtTokenValidator validator = verifying(new TokenMemorySettings(Duration.ofMinutes(5), 10, true));
        List<String> tokens = IntStream.range(0, 20)
                .mapToObj(i -> TestTokens.valid()
                        .claim("upn", TestJson.quote("caller" + i))
                        .compact())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            Callable<Integer> caller = () -> {
                int wrong = 0;
                for (int i = 0; i < 200; i++) {
                    int who = (int) ((Thread.currentThread().getId() + i) % tokens.size());
                    TokenValidationResult.Valid valid =
                            (TokenValidationResult.Valid) validate(validator, tokens.get(who));
                    wrong += valid.token().callerName().equals("caller" + who)
                                    && valid.token()
                                            .claims()
                                            .string("upn")
                                            .orElse("")
                                            .equals("caller" + who)
                            ? 0
                            : 1;
                }
                return wrong;
            };
            for (Future<Integer> wrong : threads.invokeAll(java.util.Collections.nCopies(64, caller))) {
                assertThat(wrong.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
