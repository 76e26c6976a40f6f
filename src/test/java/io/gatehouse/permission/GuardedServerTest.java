package io.gatehouse.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.guard.Bulkhead.Turn;
import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonBody;
import io.gatehouse.permission.PermissionDecision.Allowed;
import io.gatehouse.permission.PermissionDecision.Denied;
import io.gatehouse.permission.PermissionDecision.Unavailable;
import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.Provider;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failing, slow or unwilling server costs. */
@Timeout(60)
class GuardedServerTest {

    private static final FetchResult YES =
            new FetchResult.Ok("{\"decision\":true}".getBytes(StandardCharsets.UTF_8), "application/json", null);
    private static final FetchResult REFUSED_CONNECTION = new FetchResult.Unreachable("connection refused", true);
    private static final FetchResult TIMEOUT = new FetchResult.Unreachable("read timeout");

    private final MutableClock clock = new MutableClock();
    private final Bulkhead bulkhead = new Bulkhead(TestServer.limits().ofThreads(), 2, clock);
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<FetchResult> answers = new ArrayDeque<>();
    private FetchResult always = YES;
    private Duration eachTakes = Duration.ZERO;
    private Asker asker = new Asker.TheCaller();

    private static FetchResult status(int status) {
        return status(status, null);
    }

    private static FetchResult status(int status, Duration retryAfter) {
        return new FetchResult.Refused(status, new byte[0], "", retryAfter);
    }

    private final class ScriptedWire implements Wire {

        @Override
        public FetchResult get(URI uri, Map<String, String> headers, BooleanSupplier wanted) {
            sent.add(headers.get("Authorization"));
            clock.advance(eachTakes);
            return wanted.getAsBoolean() || answers.isEmpty()
                    ? (answers.isEmpty() ? always : answers.remove())
                    : new FetchResult.Unreachable("given up while no answer came");
        }

        @Override
        public FetchResult post(URI uri, JsonBody json, Map<String, String> headers, BooleanSupplier wanted) {
            return get(uri, headers, wanted);
        }
    }

    private PermissionDecider decider(Provider provider) {
        RetryPolicy retries = new RetryPolicy(
                provider == Provider.AUTHRESS ? Authress.ATTEMPTS : AuthZen.ATTEMPTS,
                Duration.ofSeconds(10),
                clock,
                duration -> {
                    pauses.add(duration);
                    clock.advance(duration);
                },
                () -> 1);
        return PermissionServer.of(
                        TestServer.settings(provider, URI.create("https://authz.example"), asker, Duration.ZERO),
                        new ScriptedWire(),
                        bulkhead,
                        retries,
                        clock)
                .decider();
    }

    private static PermissionDecision ask(PermissionDecider decider) {
        return decider.decide(Callers.named("alice"), Permission.of("documents/7", "READ"));
    }

    private static Unavailable in(int seconds) {
        return new Unavailable(Duration.ofSeconds(seconds));
    }

    @Nested
    class FurtherAttempts {

        private final PermissionDecider authress = decider(Provider.AUTHRESS);

        @Test
        void followAFailureThatMayBeOverSoon() {
            answers.addAll(List.of(REFUSED_CONNECTION, status(500), status(503), YES));

            assertThat(ask(authress)).isEqualTo(new Allowed());
            assertThat(sent).hasSize(4);
        }

        @Test
        void comeAtGrowingIntervalsUpToASecond() {
            always = status(502);

            assertThat(ask(authress)).isEqualTo(in(5));
            assertThat(sent).hasSize(6);
            assertThat(pauses)
                    .containsExactly(
                            Duration.ofMillis(50),
                            Duration.ofMillis(100),
                            Duration.ofMillis(200),
                            Duration.ofMillis(400),
                            Duration.ofMillis(800));
        }

        @Test
        void areSpreadOutAtRandom() throws InterruptedException {
            List<Duration> waits = new ArrayList<>();
            for (double random : new double[] {0, 0.5, 1}) {
                new RetryPolicy(9, Duration.ofMinutes(1), clock, waits::add, () -> random)
                        .again(8, clock.instant().plusSeconds(60));
            }

            assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofMillis(750), Duration.ofSeconds(1));
        }

        @Test
        void endWithTheTimeForTheQuestion() {
            always = status(500);
            eachTakes = Duration.ofSeconds(4);

            assertThat(ask(authress)).isEqualTo(in(5));
            assertThat(sent).hasSize(3);
        }

        @Test
        void areGivenUpWhenTheirTimeIsOver() {
            answers.addAll(List.of(status(500), status(500), YES));
            eachTakes = Duration.ofMillis(4950);

            assertThat(ask(authress)).as("the second one came too late").isEqualTo(in(5));
        }

        @Test
        void doNotFollowATimeout() {
            always = TIMEOUT;

            assertThat(ask(authress)).isEqualTo(in(5));
            assertThat(sent).hasSize(1);
        }

        @Test
        void doNotFollowWhereTheServerSaysWhenToComeBack() {
            always = status(503, Duration.ofSeconds(17));

            assertThat(ask(authress)).isEqualTo(in(17));
            assertThat(sent).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 408, 425, 429})
        void neverFollowA4xx(int status) {
            always = status(status);
            ask(authress);

            assertThat(sent).hasSize(1);
        }

        @Test
        void neverFollowAPost() {
            always = REFUSED_CONNECTION;

            assertThat(ask(decider(Provider.AUTHZEN))).isEqualTo(in(5));
            assertThat(sent).hasSize(1);
        }
    }

    @Nested
    class TheTimeToComeBack {

        @ParameterizedTest
        @CsvSource({"429,3,3", "503,3,3", "429,100000,300", "503,100000,300", "403,9,5", "404,9,-1"})
        void isWhatTheServerSaysWithinReason(int status, int said, int told) {
            always = status(status, Duration.ofSeconds(said));

            assertThat(ask(decider(Provider.AUTHRESS))).isEqualTo(told < 0 ? new Denied() : in(told));
        }
    }

    @Nested
    class AFailingServer {

        private final PermissionDecider pdp = decider(Provider.AUTHZEN);

        @ParameterizedTest
        @ValueSource(ints = {500, 599, 0})
        void isLeftAloneAfterFiveFailures(int status) {
            always = status == 0 ? TIMEOUT : status(status);
            for (int i = 0; i < 20; i++) {
                assertThat(ask(pdp)).isEqualTo(in(5));
            }

            assertThat(sent).hasSize(5);
        }

        @ParameterizedTest
        @ValueSource(ints = {302, 400, 401, 403, 404, 422, 429})
        void isNotOneThatRefusesWhatACallerAsks(int status) {
            always = status(status);
            for (int i = 0; i < 20; i++) {
                ask(pdp);
            }

            assertThat(sent).hasSize(20);
        }

        @Test
        void isReportedOncePerChange() {
            try (CapturedLog log = new CapturedLog(ServerLog.class)) {
                always = status(500);
                ask(pdp);
                ask(pdp);
                always = YES;
                ask(pdp);
                ask(pdp);

                assertThat(log.messages(Level.WARNING))
                        .containsExactly("GATE0801 permissions cannot be asked for at https://authz.example:"
                                + " it answered 500; callers get 503. If it cannot work, look at"
                                + " gatehouse.permissions.url");
                assertThat(log.messages(Level.INFO))
                        .containsExactly("GATE0802 permissions can be asked for at https://authz.example again");
            }
        }
    }

    @Nested
    class ARejectionOfTheAsker {

        @ParameterizedTest
        @CsvSource({"403,GATE0803,AUTHRESS", "401,GATE0804,AUTHRESS", "403,GATE0803,AUTHZEN", "401,GATE0804,AUTHZEN"})
        void isAnErrorInTheLogOnceAMinute(int status, String number, Provider provider) {
            PermissionDecider decider = decider(provider);
            always = status(status);
            try (CapturedLog log = new CapturedLog(ServerLog.class)) {
                for (int second = 0; second < 60; second++) {
                    assertThat(ask(decider)).isEqualTo(in(5));
                    clock.advance(Duration.ofSeconds(1));
                }
                assertThat(log.messages(Level.SEVERE))
                        .singleElement()
                        .asString()
                        .startsWith(number);
                ask(decider);
                assertThat(log.messages(Level.SEVERE)).hasSize(2);
                assertThat(log.everything()).doesNotContain("token.of.alice");
            }
        }

        @Test
        void fetchesAnotherTokenOfOursWhereThatCanBeHad() {
            List<String> tokens = new ArrayList<>(List.of("first", "second"));
            asker = new Asker.TheService(new ClientAuthentication.Bearer(
                    () -> tokens.stream().findFirst(), refused -> tokens.remove(refused)));
            PermissionDecider decider = decider(Provider.AUTHRESS);
            answers.addAll(List.of(status(401), YES));

            assertThat(ask(decider)).isEqualTo(new Allowed());
            assertThat(sent).containsExactly("Bearer first", "Bearer second");

            always = status(401);
            assertThat(ask(decider)).isEqualTo(in(5));
        }

        @Test
        void asksForNoOtherTokenWhereOursIsTakenButMayNotAsk() {
            List<String> discarded = new ArrayList<>();
            asker = new Asker.TheService(new ClientAuthentication.Bearer(() -> Optional.of("ours"), discarded::add));
            always = status(403);

            assertThat(ask(decider(Provider.AUTHRESS))).isEqualTo(in(5));
            assertThat(discarded).isEmpty();
            assertThat(sent).hasSize(1);
        }
    }

    @Test
    void aRefusalIsAWarningOnceAMinute() {
        always = status(429);
        PermissionDecider decider = decider(Provider.AUTHZEN);
        try (CapturedLog log = new CapturedLog(ServerLog.class)) {
            ask(decider);
            ask(decider);

            assertThat(log.messages(Level.WARNING)).singleElement().asString().startsWith("GATE0805");
        }
    }

    private long waiting() {
        return Stream.generate(bulkhead::place)
                .limit(10)
                .filter(Bulkhead.Place::mayWait)
                .count();
    }

    @Test
    void aServerThatLetAQuestionTimeOutIsSilent() {
        always = TIMEOUT;
        eachTakes = Duration.ofSeconds(2);
        ask(decider(Provider.AUTHZEN));

        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void aServerIsNotSilentBecauseOurOwnTokenTakesTime() {
        Supplier<Optional<String>> slow = () -> {
            clock.advance(Duration.ofSeconds(2));
            return Optional.empty();
        };
        asker = new Asker.TheService(new ClientAuthentication.Bearer(slow, refused -> false));
        ask(decider(Provider.AUTHZEN));

        assertThat(waiting()).isEqualTo(10);
    }

    @Nested
    class ASilentServer {

        private final CountDownLatch silence = new CountDownLatch(1);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Bulkhead small =
                new Bulkhead(new Bulkhead.Limits(4, Duration.ofSeconds(1), Duration.ofSeconds(5)), 1, clock);

        /** Polls as the HTTP client does, until the answer comes or is wanted no more. */
        private Future<Boolean> waiting(CountDownLatch begun) {
            return threads.submit(() -> {
                try (Bulkhead.Place place = small.place()) {
                    if (place.turn() != Turn.GIVEN) {
                        return false;
                    }
                    return place.call(
                            () -> {
                                begun.countDown();
                                return hasItSpoken(place);
                            },
                            Boolean::booleanValue);
                }
            });
        }

        private boolean hasItSpoken(Bulkhead.Place place) {
            try {
                while (!silence.await(1, TimeUnit.MILLISECONDS)) {
                    if (!place.mayWait()) {
                        return false;
                    }
                }
                return true;
            } catch (InterruptedException ended) {
                return false;
            }
        }

        @Test
        void holdsAFewThreadsOnlyAndSendsOthersAwayAtOnce() throws Exception {
            CountDownLatch begun = new CountDownLatch(4);
            List<Future<Boolean>> first = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                first.add(waiting(begun));
            }
            begun.await();
            clock.advance(Duration.ofSeconds(1));
            while (first.stream().filter(Future::isDone).count() < 3) {
                Thread.onSpinWait();
            }
            assertThat(waiting(new CountDownLatch(1)).get())
                    .as("nobody else waits")
                    .isFalse();

            silence.countDown();
            List<Boolean> answered = new ArrayList<>();
            for (Future<Boolean> each : first) {
                answered.add(each.get());
            }
            assertThat(answered).containsExactlyInAnyOrder(true, false, false, false);
            assertThat(waiting(new CountDownLatch(1)).get()).as("it is back").isTrue();
            threads.shutdownNow();
        }

        @Test
        void isNotOneThatAnswersSlowlyButAnswers() throws Exception {
            try (Bulkhead.Place slow = small.place();
                    Bulkhead.Place quick = small.place()) {
                assertThat(List.of(slow.turn(), quick.turn())).containsOnly(Turn.GIVEN);
                clock.advance(Duration.ofMillis(900));
                quick.call(() -> "an answer", answer -> true);
                clock.advance(Duration.ofMillis(900));

                assertThat(slow.mayWait()).isTrue();
                assertThat(small.place().mayWait()).isTrue();
            }
        }
    }
}
