package io.gatehouse.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysOfTemplateTest {

    private final MutableClock clock = new MutableClock();
    private final List<String> made = new ArrayList<>();
    private final KeysOfIssuer keys = KeysOfIssuer.each(this::set, clock);

    private VerificationKeys set(String issuer) {
        made.add(issuer);
        return new VerificationKeys() {
            @Override
            public KeyLookup lookup(String kid) {
                return new KeyLookup.NotFound();
            }
        };
    }

    private boolean has(String issuer) {
        return keys.of(issuer).lookup("kid") instanceof KeyLookup.NotFound;
    }

    private void flood(int from, int count) {
        IntStream.range(from, from + count).forEach(i -> has("invented " + i));
    }

    @Test
    void makesOneSetForEachIssuerWhenItIsFirstNeeded() {
        assertThat(made).isEmpty();

        VerificationKeys first = keys.of("a");

        assertThat(keys.of("a")).isSameAs(first);
        assertThat(keys.of("b")).isNotSameAs(first);
        assertThat(made).containsExactly("a", "b");
    }

    @Test
    void tellsWhichSetsAreInUse() {
        assertThat(keys.inUse()).isEmpty();
        assertThat(made).isEmpty();

        VerificationKeys a = keys.of("a");
        VerificationKeys b = keys.of("b");
        assertThat(keys.inUse()).containsExactlyInAnyOrder(a, b);
        assertThat(KeysOfIssuer.always(a).inUse()).containsExactly(a);

        clock.advance(Duration.ofHours(2));
        keys.of("c");
        assertThat(keys.inUse()).containsExactly(keys.of("c"));
    }

    @Test
    void makesNoMoreThanItsReserveAtOnceAndSaysThatItCannotTell() {
        flood(0, 1_000);

        assertThat(made).hasSize(20);
        assertThat(keys.of("another").lookup(null))
                .isInstanceOfSatisfying(KeyLookup.Unavailable.class, later -> assertThat(later.retryAfter())
                        .isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void goesOnServingKnownIssuersInAFlood() {
        assertThat(has("known")).isTrue();
        flood(0, 1_000);

        assertThat(has("known")).isTrue();
    }

    @Test
    void makesTwoASecondAfterItsReserve() {
        flood(0, 1_000);
        clock.advance(Duration.ofMillis(499));
        assertThat(has("too early")).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(has("first")).isTrue();
        assertThat(has("second")).isFalse();

        clock.advance(Duration.ofSeconds(1));
        flood(2_000, 100);
        assertThat(made).hasSize(20 + 1 + 2);
    }

    @Test
    void savesUpNoMoreThanItsReserve() {
        clock.advance(Duration.ofDays(1));
        flood(0, 1_000);

        assertThat(made).hasSize(20);
    }

    @Test
    void keepsNoMoreThanAThousand() {
        for (int i = 0; i < 3_000; i++) {
            clock.advance(Duration.ofMillis(500));
            assertThat(has("issuer " + i)).isTrue();
        }
        flood(10_000, 20);
        made.clear();
        long known = IntStream.range(0, 3_000).filter(i -> has("issuer " + i)).count();

        assertThat(known).isBetween(900L, 1_000L);
        assertThat(made).isEmpty();
    }

    @Test
    void forgetsASetThatNobodyAskedForInAnHour() {
        has("a");
        has("b");
        clock.advance(Duration.ofMinutes(59));
        has("a");
        clock.advance(Duration.ofMinutes(59));
        has("a");
        has("b");

        assertThat(made).containsExactly("a", "b", "b");
    }
}
