package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.json.Base64Url;
import io.gatehouse.json.EncodedObject;
import io.gatehouse.json.JsonScan;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of valid tokens, and for how long. */
class TokenMemoryTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final MutableClock clock = new MutableClock();

    private TokenMemory<String> memory(int size, boolean kept) {
        return new TokenMemory<>(new TokenMemorySettings(LIFETIME, size, kept), clock);
    }

    private static String text(String subject, Map<String, String> claims) {
        Map<String, String> all = new java.util.LinkedHashMap<>(claims);
        all.put("sub", TestJson.quote(subject));
        return Base64Url.encode(TestJson.object(all).getBytes(StandardCharsets.UTF_8)) + "."
                + Base64Url.encode(("signature of " + subject).getBytes(StandardCharsets.UTF_8));
    }

    private TokenValidationResult.Valid valid(String text, ClaimsPolicy policy) {
        byte[] json = Base64Url.decode(text.substring(0, text.indexOf('.'))).orElseThrow();
        JsonScan scan = new JsonScan();
        assertThat(scan.scan(json, json.length)).isEqualTo(JsonScan.Outcome.OBJECT);
        ClaimsSet claims = ClaimsSet.of(EncodedObject.of(scan, text, 0));
        return (TokenValidationResult.Valid)
                new ClaimsValidator(policy, clock).validate(AccessToken.of(text), claims, Authenticity.Genuine::new);
    }

    private TokenValidationResult.Valid valid(String subject) {
        return valid(text(subject, TestTokens.validClaims()), TestTokens.policy());
    }

    private static AccessToken again(TokenValidationResult.Valid valid) {
        return AccessToken.of(new String(valid.token().accessToken().value().toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsTheVeryTokenAndNoOther(boolean kept) {
        TokenMemory<String> memory = memory(10, kept);
        TokenValidationResult.Valid alice = valid("alice");
        memory.remember(alice, "basis");

        TokenMemory.Remembered<String> found = memory.find(again(alice));
        assertThat(found.basis()).isEqualTo("basis");
        assertThat(found.result().token().callerName()).isEqualTo(alice.token().callerName());
        assertThat(found.result().token().claims().asMap())
                .isEqualTo(alice.token().claims().asMap());
        assertThat(found.result().token().accessToken()).isEqualTo(alice.token().accessToken());
        String text = alice.token().accessToken().value();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(memory.find(AccessToken.of(text.substring(0, i) + other + text.substring(i + 1))))
                    .isNull();
        }
        assertThat(memory.find(AccessToken.of(text + "A"))).isNull();
        assertThat(memory.find(AccessToken.of(text.substring(1)))).isNull();
    }

    @Test
    void forgets() {
        TokenMemory<String> memory = memory(10, true);
        TokenValidationResult.Valid alice = valid("alice");
        memory.remember(alice, "basis");
        memory.forget(again(alice));
        assertThat(memory.find(again(alice))).isNull();
        assertThat(memory.size()).isZero();
    }

    @Nested
    class IsBounded {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void inCount(boolean kept) {
            TokenMemory<String> memory = memory(3, kept);
            for (int i = 0; i < 100; i++) {
                memory.remember(valid("caller " + i), "basis");
                assertThat(memory.size()).isLessThanOrEqualTo(3);
            }
            assertThat(memory.size()).isEqualTo(3);
            assertThat(memory.find(again(valid("caller 99")))).isNotNull();
            assertThat(memory.find(again(valid("caller 96")))).isNull();
        }

        @Test
        void alsoWhereTokensAreForgottenAndComeAgain() {
            TokenMemory<String> memory = memory(3, true);
            for (int i = 0; i < 100; i++) {
                memory.remember(valid("alice"), "basis");
                memory.forget(again(valid("alice")));
                memory.remember(valid("bob"), "basis");
            }
            assertThat(memory.size()).isLessThanOrEqualTo(3);
        }

        @Test
        void inCharacters() {
            TokenMemory<String> memory = memory(4, true);
            for (int i = 0; i < 4; i++) {
                memory.remember(valid("caller " + i + " " + "x".repeat(1500)), "basis");
            }
            assertThat(memory.size()).isEqualTo(2);
        }

        @Test
        void inTime() {
            TokenMemory<String> memory = memory(10, true);
            TokenValidationResult.Valid alice = valid(text("alice", lasting(Duration.ofHours(1))), TestTokens.policy());
            memory.remember(alice, "basis");
            clock.advance(LIFETIME.minusMillis(1));
            assertThat(memory.find(again(alice))).isNotNull();
            clock.advance(Duration.ofMillis(1));
            assertThat(memory.find(again(alice))).isNull();
            memory.remember(valid(text("bob", lasting(Duration.ofHours(1))), TestTokens.policy()), "basis");
            assertThat(memory.size()).isEqualTo(1);
        }
    }

    private static Map<String, String> lasting(Duration duration) {
        Map<String, String> claims = TestTokens.validClaims();
        claims.put("exp", Long.toString(TestTokens.NOW.plus(duration).getEpochSecond()));
        return claims;
    }

    @Nested
    class HoldsWhatATokenSaysAboutTime {

        private static ClaimsPolicy policy(Duration skew, Duration maximumAge) {
            ClaimsPolicy usual = TestTokens.policy();
            return new ClaimsPolicy(
                    usual.issuer(),
                    usual.audience(),
                    skew,
                    skew,
                    maximumAge,
                    usual.requiredClaims(),
                    usual.callerNameClaims(),
                    "",
                    false);
        }

        private void assertFoundFor(Duration duration, String token, ClaimsPolicy policy) {
            TokenMemory<String> memory = memory(10, true);
            TokenValidationResult.Valid valid = valid(token, policy);
            memory.remember(valid, "basis");
            clock.advance(duration.minusMillis(1));
            assertThat(memory.find(again(valid))).isNotNull();
            clock.advance(Duration.ofMillis(1));
            assertThat(memory.find(again(valid))).isNull();
        }

        @Test
        void theEnd() {
            assertFoundFor(
                    Duration.ofSeconds(20), text("a", lasting(Duration.ofSeconds(20))), policy(Duration.ZERO, null));
        }

        @Test
        void theEndAndTheSkew() {
            assertFoundFor(
                    Duration.ofSeconds(50),
                    text("a", lasting(Duration.ofSeconds(20))),
                    policy(Duration.ofSeconds(30), null));
        }

        @Test
        void theGreatestAge() {
            // issued ten seconds ago
            assertFoundFor(
                    Duration.ofSeconds(50),
                    text("a", TestTokens.validClaims()),
                    policy(Duration.ZERO, Duration.ofMinutes(1)));
        }

        @Test
        void aClockThatIsSetBackToBeforeTheTokenBegins() {
            TokenMemory<String> memory = memory(10, true);
            TokenValidationResult.Valid valid = valid("alice");
            memory.remember(valid, "basis");
            clock.advance(Duration.ofSeconds(-9));
            assertThat(memory.find(again(valid))).isNotNull();
            clock.advance(Duration.ofSeconds(-1));
            assertThat(memory.find(again(valid))).isNull();
        }
    }

    @Nested
    class DoesNotRemember {

        @Test
        void anythingWhereItIsSwitchedOff() {
            TokenMemory<String> memory = new TokenMemory<>(TokenMemorySettings.none(), clock);
            memory.remember(valid("alice"), "basis");
            assertThat(memory.size()).isZero();
            assertThat(memory.find(again(valid("alice")))).isNull();
        }

        @Test
        void claimsThatDoNotStandInTheToken() {
            TokenMemory<String> memory = memory(10, true);
            memory.remember(new TokenValidationResult.Valid(TestTokens.validated(TestTokens.validClaims())), "basis");
            assertThat(memory.size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsTheRolesThatWereRead(boolean kept) {
        TokenMemory<String> memory = memory(10, kept);
        TokenValidationResult.Valid alice = valid("alice");
        memory.remember(alice, "basis");
        AtomicInteger reads = new AtomicInteger();
        Function<ValidatedToken, Set<String>> reader = token -> Set.of("read " + reads.incrementAndGet());
        Function<ValidatedToken, Set<String>> other = token -> Set.of("other");

        for (int i = 0; i < 3; i++) {
            assertThat(memory.find(again(alice)).result().token().rolesReadBy(reader))
                    .containsExactly("read 1");
        }
        assertThat(memory.find(again(alice)).result().token().rolesReadBy(other))
                .containsExactly("other");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatWasMadeOfATokenOnlyWhereItsTextIsKept(boolean kept) {
        TokenMemory<String> memory = memory(10, kept);
        TokenValidationResult.Valid alice = valid("alice");
        memory.remember(alice, "basis");

        memory.find(again(alice)).result().token().keep("made");

        ValidatedToken found = memory.find(again(alice)).result().token();
        assertThat(found.kept(String.class)).isEqualTo(kept ? "made" : null);
        assertThat(found.kept(Integer.class)).isNull();
    }

    @Test
    void sharesASetOfRolesThatIsKeptAnyway() {
        ValidatedToken token = valid("alice").token();
        Set<String> read = token.rolesReadBy(each -> Set.of("user", "clerk"));

        assertThat(token.shared(new HashSet<>(read))).isSameAs(read);
        assertThat(token.shared(Set.of("user"))).containsExactly("user");
        assertThat(valid("bob").token().shared(Set.of("user"))).containsExactly("user");
    }
}
