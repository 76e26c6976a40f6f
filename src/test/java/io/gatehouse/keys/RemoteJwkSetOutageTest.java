package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.TestKeys;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What remains of the keys while the issuer has none for us. */
@Timeout(30)
class RemoteJwkSetOutageTest extends RemoteJwkSetFixture {

    @Nested
    class Outage {

        static Stream<FetchResult> everyUselessAnswerKeepsTheLastGoodSet() {
            return Stream.of(
                    outage(),
                    new FetchResult.Refused(500, new byte[0], "", null),
                    new FetchResult.Refused(302, new byte[0], "text/html", null),
                    new FetchResult.Refused(404, jwks().getBytes(UTF_8), "application/json", null),
                    ok(""),
                    ok("<html>maintenance</html>"),
                    ok("{"),
                    ok("{}"),
                    ok("[]"),
                    ok("{\"keys\":[]}"),
                    ok("{\"keys\":null}"),
                    ok("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}"),
                    ok("{\"keys\":[],\"keys\":[]}"),
                    ok(jwks(TestKeys.privateJwk(RSA, "kid", "\"a\""))),
                    ok("[".repeat(100_000)),
                    new FetchResult.Ok(new byte[] {(byte) 0xff, (byte) 0xfe}, "", null));
        }

        @ParameterizedTest
        @MethodSource
        void everyUselessAnswerKeepsTheLastGoodSet(FetchResult useless) {
            RemoteJwkSet set = set();
            assertFound(set.lookup("a"));
            issuer.answer = useless;
            clock.advance(REFRESH);

            assertFound(set.lookup("a"));
            clock.advance(COOLDOWN);
            assertFound(set.lookup("a"));
            assertFetches(3);
        }

        @Test
        void fromTheStartIsNoVerdictWhateverTheKey() {
            issuer.answer = outage();
            RemoteJwkSet set = set();

            assertUnavailable(set.lookup("a"));
            assertUnavailable(set.lookup(null));
        }

        @Test
        void endsTheTrustInTheLastGoodSetAtItsSecond() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();

            clock.advance(USABLE.minusSeconds(1));
            assertFound(set.lookup("a"));
            clock.advance(Duration.ofSeconds(1));
            assertUnavailable(set.lookup("a"));
            assertUnavailable(set.lookup("unknown"));
        }

        @Test
        void endsTheTrustAtItsSecondAlsoWhereTheIssuerSaidThatItsKeysMayBeKeptLonger() {
            issuer.answer = keysFor(Duration.ofDays(1), "a");
            RemoteJwkSet set = new RemoteJwkSet(
                    LOCATION,
                    issuer,
                    KeyPolicy.strict(),
                    new RemoteJwkSetSettings(REFRESH, Duration.ofMinutes(10), COOLDOWN, 3),
                    clock,
                    Runnable::run,
                    new MovesTheClock());
            assertFound(set.lookup("a"));
            issuer.answer = outage();

            clock.advance(Duration.ofMinutes(10));
            assertUnavailable(set.lookup("a"));
        }

        @Test
        void isForgottenWithTheNextGoodAnswer() {
            RemoteJwkSet set = set();
            set.lookup("a");
            issuer.answer = outage();
            clock.advance(USABLE);
            assertUnavailable(set.lookup("a"));

            issuer.answer = keys("a");
            clock.advance(COOLDOWN);
            assertFound(set.lookup("a"));
        }

        @Test
        void ofOurOwnThreadsIsNoVerdictAndLeavesTheGateOpen() {
            AtomicInteger refused = new AtomicInteger();
            RemoteJwkSet set = set(task -> {
                if (refused.getAndIncrement() == 0) {
                    throw new RejectedExecutionException();
                }
                task.run();
            });

            assertUnavailable(set.lookup("a"));
            clock.advance(COOLDOWN);
            assertFound(set.lookup("a"));
        }
    }

    @Nested
    class HangingIssuer {

        /** Else each cooldown would take all threads for as long as a fetch lasts. */
        @Test
        void isWaitedForOnceAndThenForASecondFromTheStartOfAFetch() {
            HeldBack executor = new HeldBack();
            NeverPatient patience = new NeverPatient();
            RemoteJwkSet set = set(executor, patience);
            assertUnavailable(set.lookup("a"));
            issuer.answer = outage();
            executor.run();

            clock.advance(COOLDOWN);
            assertUnavailable(set.lookup("a"));
            clock.advance(Duration.ofMillis(400));
            assertUnavailable(set.lookup("a"));
            clock.advance(Duration.ofSeconds(1));
            assertUnavailable(set.lookup("a"));
            assertThat(patience.waits)
                    .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMillis(600));
        }
    }

    @Nested
    class DefectOfOurOwn {

        @Test
        void countsAsAFailureIsLoggedOnceAndDoesNotEndTheRenewal() {
            RemoteJwkSet set = filled();
            issuer.defect = new IllegalStateException("broken");
            for (int i = 0; i < 3; i++) {
                clock.advance(REFRESH);
                assertFound(set.lookup("a"));
            }
            assertThat(log.messages(Level.SEVERE)).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("GATE0106"));
            assertThat(log.messages(Level.WARNING)).hasSize(1);

            issuer.defect = null;
            issuer.answer = keys("b");
            clock.advance(REFRESH);
            assertFound(set.lookup("b"));
        }
    }
}
