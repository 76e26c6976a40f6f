package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.OTHER_RSA;
import static io.gatehouse.testing.TestKeys.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token that names no key that is known, or fits none, may cause. */
@Timeout(30)
class RemoteJwkSetUnknownKeyTest extends RemoteJwkSetFixture {

    @Nested
    class UnknownKeyId {

        @Test
        void findsARotatedKeyAtOnce() {
            RemoteJwkSet set = filled();
            issuer.answer = keys("a", "b");

            assertFound(set.lookup("b"));
            assertFetches(2);
        }

        @Test
        void isLookedForOnceAndThenKnownToBeAbsentForAWhile() {
            RemoteJwkSet set = filled();
            clock.advance(COOLDOWN);
            for (int second = 0; second < 5; second++) {
                assertThat(set.lookup("x")).isEqualTo(new KeyLookup.NotFound());
                clock.advance(Duration.ofSeconds(1));
            }
            assertFetches(2);

            issuer.answer = keys("a", "x");
            assertFound(set.lookup("x"));
            assertFetches(3);
        }

        @Test
        void isFoundAtOnceWhenAnotherFetchBroughtItAlthoughItWasAbsentJustNow() {
            RemoteJwkSet set = filled();
            set.lookup("x");
            issuer.answer = keys("a", "b", "x");
            assertFound(set.lookup("b"));
            assertFound(set.lookup("x"));
        }

        @Test
        void isLookedForAlthoughOthersWereJustNow() {
            RemoteJwkSet set = filled();
            set.lookup("x");
            set.lookup("y");
            issuer.answer = keys("a", "b");
            assertFound(set.lookup("b"));
        }

        @Test
        void inASmallFloodIsRefusedAlmostAtOnceAndCostsAFewFetches() {
            RemoteJwkSet set = filled();
            for (int i = 0; i < FetchGate.FLOOD; i++) {
                assertThat(set.lookup("invented-" + i)).isEqualTo(new KeyLookup.NotFound());
            }
            assertFetches(1 + FetchGate.FEW);
            assertThat(waited).isLessThan(COOLDOWN.multipliedBy(FetchGate.FEW));
            assertFound(set.lookup("a"));
        }

        @Test
        void inALongFloodWaitsForTheFetchThatTells() {
            RemoteJwkSet set = filled();
            for (int i = 0; i < FetchGate.FLOOD; i++) {
                set.lookup("invented-" + i);
            }
            int before = issuer.fetches.get();
            for (int i = 0; i < 10; i++) {
                assertThat(set.lookup("more-" + i)).isEqualTo(new KeyLookup.NotFound());
            }
            assertFetches(before + 10);
            assertThat(waited).isGreaterThanOrEqualTo(COOLDOWN.multipliedBy(10));

            issuer.answer = keys("b");
            assertFound(set.lookup("b"));
        }

        @Test
        void thatComesAgainDuringASmallFloodIsLookedFor() {
            RemoteJwkSet set = filled();
            for (int i = 0; i < FetchGate.FLOOD - 1; i++) {
                set.lookup("invented-" + i);
            }
            issuer.answer = keys("a", "b");
            assertThat(set.lookup("b")).isEqualTo(new KeyLookup.NotFound());
            assertFound(set.lookup("b"));
        }

        @Test
        void inAnEndlessFloodCostsOneFetchPerCooldown() {
            RemoteJwkSet set = filled();
            Instant start = clock.instant();
            for (int i = 0; i < 2000; i++) {
                set.lookup("invented-" + i);
                set.lookup("invented-again-" + i / 2);
                clock.advance(Duration.ofMillis(100));
            }
            long cooldowns = Duration.between(start, clock.instant()).dividedBy(COOLDOWN);
            assertThat(issuer.fetches.get()).isLessThanOrEqualTo((int) (1 + 3 + cooldowns));
        }

        @Test
        void thatIsLongerThanAnyRealOneIsNotLookedFor() {
            RemoteJwkSet set = filled();
            assertThat(set.lookup("x".repeat(513))).isEqualTo(new KeyLookup.NotFound());
            assertFetches(1);
        }

        /** The answer of a fetch that was under way when the key was published may have been made before. */
        @Test
        void isNotRefusedByAFetchThatIsOlderThanItself() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            clock.advance(COOLDOWN);
            Thread earlier = new Thread(() -> set.lookup("x"));
            earlier.start();
            executor.awaitWork();
            clock.advance(Duration.ofSeconds(1));
            FutureTask<KeyLookup> rotated = new FutureTask<>(() -> set.lookup("b"));
            Thread later = new Thread(rotated);
            later.start();
            while (later.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            executor.run(); // brings no "b"
            earlier.join();
            issuer.answer = keys("a", "b");
            Thread again = new Thread(() -> set.lookup("b"));
            again.start();
            executor.awaitWork();
            executor.run();
            again.join();

            assertFound(rotated.get());
        }

        @Test
        void duringAnOutageIsNoVerdict() {
            RemoteJwkSet set = filled();
            issuer.answer = outage();

            assertUnavailable(set.lookup("b"));
            assertFound(set.lookup("a"));

            issuer.answer = keys("a");
            clock.advance(COOLDOWN);
            assertThat(set.lookup("b")).isEqualTo(new KeyLookup.NotFound());
        }

        @Test
        void leavesKnownKeysUntouchedWhileItsFetchHangs() throws Exception {
            HeldBack executor = new HeldBack();
            RemoteJwkSet set = filled(executor);
            Thread unknown = new Thread(() -> set.lookup("b"));
            unknown.start();
            executor.awaitWork();

            assertFound(set.lookup("a")); // returns while the other thread waits

            executor.run();
            unknown.join();
            assertFetches(2);
        }
    }

    @Nested
    class TokenThatVerifiesWithNoKey {

        private final byte[] signature = {1, 2, 3};

        private KeyLookup.Found found(RemoteJwkSet set, @Nullable String kid) {
            return (KeyLookup.Found) set.lookup(kid);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = "any")
        void causesAFetchWhereTheKeysHaveNoIds(String kid) {
            issuer.answer = keyWithoutId(RSA);
            RemoteJwkSet set = set();
            KeyLookup.Found before = found(set, kid);
            issuer.answer = keyWithoutId(OTHER_RSA);

            KeyLookup.Found after = (KeyLookup.Found) set.lookupOther(kid, signature, before);
            assertThat(after.keys()).singleElement().returns(OTHER_RSA.getPublic(), VerificationKey::publicKey);
            assertFetches(2);
        }

        @Test
        void isRefusedWhereTheFetchBringsTheSameKeys() {
            RemoteJwkSet set = set();
            KeyLookup.Found before = found(set, null);

            assertThat(set.lookupOther(null, signature, before)).isEqualTo(new KeyLookup.NotFound());
            assertThat(set.lookupOther(null, signature, before)).isEqualTo(new KeyLookup.NotFound());
            assertFetches(2);
        }

        @Test
        void causesNoFetchWhereItNamesAKnownKey() {
            RemoteJwkSet set = set();
            assertThat(set.lookupOther("a", signature, found(set, "a"))).isEqualTo(new KeyLookup.NotFound());
            assertFetches(1);
        }

        @Test
        void isTriedWithKeysThatAnotherFetchHasBroughtSince() {
            issuer.answer = keyWithoutId(RSA);
            RemoteJwkSet set = set();
            KeyLookup.Found before = found(set, null);
            issuer.answer = keyWithoutId(OTHER_RSA);
            clock.advance(REFRESH);
            set.lookup(null);

            assertFound(set.lookupOther(null, signature, before));
            assertFetches(2);
        }
    }
}
