package io.gatehouse.keys;

import static io.gatehouse.keys.UnknownKeyIds.Presentation.ABSENT;
import static io.gatehouse.keys.UnknownKeyIds.Presentation.AGAIN;
import static io.gatehouse.keys.UnknownKeyIds.Presentation.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.TestTokens;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnknownKeyIdsTest {

    private static final Instant START = TestTokens.NOW;

    private final UnknownKeyIds ids = new UnknownKeyIds();

    private static Instant after(long millis) {
        return START.plusMillis(millis);
    }

    private UnknownKeyIds.Presentation present(String id, long millis, long started, long answered) {
        return ids.present(id, after(millis), started, answered, START);
    }

    @Test
    void tellsTheFirstTimeFromTheNext() {
        assertThat(present("a", 0, 1, 1)).isEqualTo(FIRST);
        assertThat(present("a", 1, 1, 1)).isEqualTo(AGAIN);
        assertThat(present("A", 1, 1, 1)).isEqualTo(FIRST);
    }

    @Test
    void callsAbsentWhatAFetchHasLookedForUntilFiveSecondsAfterIt() {
        present("a", 0, 1, 1);
        assertThat(present("a", 100, 2, 2)).isEqualTo(ABSENT);
        assertThat(present("a", 4999, 2, 2)).isEqualTo(ABSENT);
        assertThat(present("a", 5000, 2, 2)).isEqualTo(FIRST);
        assertThat(present("a", 5001, 2, 2)).isEqualTo(AGAIN);
    }

    @Test
    void isNotConvincedByAFetchThatWasStartedBeforeTheIdCame() {
        present("a", 0, 2, 1);
        assertThat(present("a", 1, 2, 2)).isEqualTo(AGAIN);
    }

    @Test
    void forgetsAnIdThatWasNotLookedFor() {
        present("a", 0, 1, 1);
        assertThat(present("a", 9_999, 1, 1)).isEqualTo(AGAIN);
        assertThat(present("a", 10_000, 1, 1)).isEqualTo(FIRST);
    }

    @Test
    void remembersNoMoreThanItsBound() {
        present("a", 0, 1, 1);
        for (int i = 0; i < UnknownKeyIds.MAXIMUM_IDS; i++) {
            present("flood-" + i, 1, 1, 1);
        }
        assertThat(present("a", 2, 1, 1)).isEqualTo(FIRST);
    }

    @Test
    void takesNoIdThatIsLongerThanAnyReal() {
        assertThat(present("a".repeat(512), 0, 1, 1)).isEqualTo(FIRST);
        assertThat(present("a".repeat(513), 0, 1, 1)).isEqualTo(ABSENT);
    }
}
