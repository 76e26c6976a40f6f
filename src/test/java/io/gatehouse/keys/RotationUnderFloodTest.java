package io.gatehouse.keys;

import static io.gatehouse.testing.TestKeys.RSA;
import static io.gatehouse.testing.TestKeys.jwk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.FetchResult;
import io.gatehouse.testing.TestJson;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Half a minute of tokens with invented key ids, and in its middle the issuer changes his keys. Default settings. */
@Timeout(60)
class RotationUnderFloodTest {

    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final RemoteJwkSetSettings SETTINGS = RemoteJwkSetSettings.defaults();

    private final VirtualTime time = new VirtualTime();
    private final Instant start = time.clock().instant();
    private final Instant rotation = start.plusMillis(15_300);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger invented = new AtomicInteger();
    private Duration fetchTime = Duration.ofMillis(7);

    private final RemoteJwkSet set = new RemoteJwkSet(
            URI.create("https://issuer.example/jwks"),
            this::answer,
            KeyPolicy.strict(),
            SETTINGS,
            time.clock(),
            time::start,
            time);

    private FetchResult answer() {
        fetches.incrementAndGet();
        List<String> kids = isRotated() ? List.of("new") : List.of("old");
        time.sleep(fetchTime); // the answer is as old as the request
        return new FetchResult.Ok(
                kids.stream()
                        .map(kid -> TestJson.object(jwk(RSA.getPublic(), "kid", TestJson.quote(kid))))
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}"))
                        .getBytes(UTF_8),
                "",
                null);
    }

    private boolean isRotated() {
        return !time.clock().instant().isBefore(rotation);
    }

    private boolean isOn() {
        return time.clock().instant().isBefore(start.plus(LENGTH));
    }

    /** A caller whose token always is of the issuer's present key. */
    private void valid(Duration pause) {
        while (isOn()) {
            KeyLookup answer = set.lookup(isRotated() ? "new" : "old");
            (answer instanceof KeyLookup.Found ? served : refused).incrementAndGet();
            time.sleep(pause);
        }
    }

    private void hostile(IntFunction<String> kids, Duration pause) {
        while (isOn()) {
            set.lookup(kids.apply(invented.incrementAndGet()));
            time.sleep(pause);
        }
    }

    private void run(int hostile, IntFunction<String> kids, Duration hostilePause, int valid, Duration validPause)
            throws InterruptedException {
        time.start(
                () -> { // all begin at once
                    for (int i = 0; i < valid; i++) {
                        time.start(() -> valid(validPause));
                    }
                    for (int i = 0; i < hostile; i++) {
                        time.start(() -> hostile(kids, hostilePause));
                    }
                });
        time.join();
    }

    private void assertNobodyWasRefused() {
        assertThat(refused).as("valid tokens refused").hasValue(0);
        assertThat(served.get()).isPositive();
        assertThat(fetches.get())
                .as("fetches")
                .isLessThanOrEqualTo((int) LENGTH.dividedBy(SETTINGS.cooldown()) + SETTINGS.reserve() + 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "2, 1", "8, 1", "8, 8", "32, 4", "60, 1"})
    void idsThatAreAllNew(int hostile, int valid) throws Exception {
        run(hostile, i -> "invented-" + i, Duration.ofMillis(2), valid, Duration.ofMillis(50));
        assertNobodyWasRefused();
    }

    /** More than have a place to wait: some are sent away at once, but not those of the rotation. */
    @Test
    void idsThatAreAllNewFromMoreThanCanWait() throws Exception {
        run(100, i -> "invented-" + i, Duration.ofMillis(100), 8, Duration.ofMillis(20));
        assertNobodyWasRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1000})
    void idsOfWhichThereAreSoMany(int ids) throws Exception {
        run(16, i -> "invented-" + i % ids, Duration.ofMillis(10), 4, Duration.ofMillis(50));
        assertNobodyWasRefused();
    }

    @Test
    void idsThatEachComeTwice() throws Exception {
        run(16, i -> "invented-" + i / 2, Duration.ofMillis(5), 4, Duration.ofMillis(50));
        assertNobodyWasRefused();
    }

    @Test
    void anIssuerThatTakesHisTime() throws Exception {
        fetchTime = Duration.ofMillis(700);
        run(16, i -> "invented-" + i, Duration.ofMillis(2), 4, Duration.ofMillis(50));
        assertNobodyWasRefused();
    }

    /** Whoever knows the id of the next key can have it thought absent: for five seconds after a fetch, not longer. */
    @Test
    void theIdOfTheNextKey() throws Exception {
        run(4, i -> "new", Duration.ofMillis(10), 2, Duration.ofMillis(100));
        assertThat(refused.get()).isLessThanOrEqualTo(2 * 50);
    }

    /** Not yet a flood, but more than a few: the first of many callers finds company. */
    @Test
    void aBurstJustBefore() throws Exception {
        time.start(() -> {
            set.lookup("old");
            time.sleep(Duration.ofMillis(15_200));
            for (int i = 0; i < 20; i++) {
                set.lookup("invented-" + i);
            }
            for (int i = 0; i < 200; i++) {
                time.start(() -> valid(Duration.ofMillis(500)));
            }
        });
        time.join();
        assertNobodyWasRefused();
    }

    @Test
    void noFloodAtAll() throws Exception {
        run(0, i -> "", Duration.ZERO, 200, Duration.ofMillis(500));
        assertNobodyWasRefused();
        assertThat(fetches).as("the first and that of the rotation").hasValue(2);
    }
}
