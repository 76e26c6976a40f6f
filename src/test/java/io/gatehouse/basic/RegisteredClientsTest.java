package io.gatehouse.basic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.failsafe.CircuitBreaker;
import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.FormBody;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisteredClientsTest {

    private static final String TOKEN = "{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\"}";
    private static final PasswordResult ACCEPTED = new PasswordResult.Accepted("robot", Set.of("machine"));

    private static final ClientSettings SETTINGS =
            new ClientSettings(URI.create("https://login.example/token"), null, Set.of("machine"), "");
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final PasswordResult COME_BACK = new PasswordResult.Unavailable(PAUSE);
    private static final Duration STALLED_AFTER = Duration.ofMillis(1500);

    /** How many threads may wait for a silent server. */
    private static final int PATIENT = 2;

    private final MutableClock clock = new MutableClock();
    private final CircuitBreaker<Object> breaker = RegisteredClients.breaker(Duration.ofDays(1));
    private final List<FormBody> forms = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final CapturedLog log = new CapturedLog(RegisteredClients.class);
    private FetchResult answer = ok(TOKEN);

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private RegisteredClients clients(@Nullable String scope, String prefix) {
        ClientSettings settings =
                new ClientSettings(URI.create("https://login.example/token"), scope, Set.of("machine"), prefix);
        return clients(settings, (form, headers, wanted) -> {
            forms.add(form);
            authorizations.add(headers.get("Authorization"));
            return answer;
        });
    }

    private RegisteredClients clients(ClientSettings settings, RegisteredClients.Endpoint endpoint) {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(10, STALLED_AFTER, PAUSE), PATIENT, clock);
        return new RegisteredClients(settings, endpoint, bulkhead, breaker, clock);
    }

    private static FetchResult ok(String body) {
        return new FetchResult.Ok(body.getBytes(UTF_8), "application/json", null);
    }

    private static FetchResult refused(int status, String body, @Nullable Duration retryAfter) {
        return new FetchResult.Refused(status, body.getBytes(UTF_8), "application/json", retryAfter);
    }

    private static PasswordResult check(RegisteredClients clients, String secret) {
        return clients.check("robot", secret.toCharArray());
    }

    @Test
    void areThoseWhoGetAToken() {
        assertThat(check(clients(null, ""), "s3cret")).isEqualTo(ACCEPTED);
        assertThat(forms).singleElement().hasToString("FormBody[grant_type]");
    }

    @Test
    void mayHaveAPrefixToTheirNames() {
        assertThat(check(clients(null, "client:"), "s3cret"))
                .isEqualTo(new PasswordResult.Accepted("client:robot", Set.of("machine")));
    }

    @Test
    void proveThemselvesInTheEncodingOfTheStandard() {
        clients(null, "").check("r\u00f6bot", "a:b/c+d%e \u00fc".toCharArray());

        String credentials =
                new String(Base64.getDecoder().decode(authorizations.get(0).substring("Basic ".length())), UTF_8);
        assertThat(credentials).isEqualTo("r%C3%B6bot:a%3Ab%2Fc%2Bd%25e+%C3%BC");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    401 | {"error":"invalid_client"}         | refused
                    401 | {"error":"unauthorized_client"}    | refused
                    401 | not JSON                           | refused
                    400 | {"error":"invalid_client"}         | refused
                    400 | {"error":"unauthorized_client"}    | refused
                    400 | {"error":"invalid_scope"}          | refused
                    400 | {"error":"invalid_request"}        | unavailable
                    400 | {"error":"unsupported_grant_type"} | unavailable
                    400 | not JSON                           | unavailable
                    400 | {"error":["invalid_client"]}       | unavailable
                    302 | x                                  | unavailable
                    403 | {"error":"invalid_client"}         | unavailable
                    404 | x                                  | unavailable
                    405 | x                                  | unavailable
                    413 | x                                  | refused
                    414 | x                                  | refused
                    422 | x                                  | unavailable
                    429 | x                                  | unavailable
                    431 | x                                  | refused
                    500 | {"error":"invalid_client"}         | unavailable
                    503 | x                                  | unavailable
                    """)
    void areJudgedByTheStatusAndTheCodesAboutClients(int status, String body, String verdict) {
        answer = refused(status, body, null);

        assertThat(check(clients(null, ""), "s3cret"))
                .isEqualTo(
                        verdict.equals("refused")
                                ? new PasswordResult.Refused()
                                : new PasswordResult.Unavailable(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"access_token":"t"}                    | true
                    {"access_token":"t","scope":"api"}      | true
                    {"access_token":"t","scope":"x api y"}  | true
                    {"access_token":"t","scope":"apis"}     | false
                    {"access_token":"t","scope":""}         | false
                    {"access_token":"t","scope":["api"]}    | false
                    """)
    void needTheScopeIfOneIsAskedFor(String body, boolean accepted) {
        answer = ok(body);
        assertThat(check(clients("api", ""), "s3cret").equals(ACCEPTED)).isEqualTo(accepted);
        assertThat(forms).singleElement().hasToString("FormBody[grant_type, scope]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "not JSON", "[]", "{}", "{\"access_token\":\"\"}", "{\"access_token\":1}", "<html/>"})
    void cannotBeJudgedByRubbish(String body) {
        answer = ok(body);
        assertThat(check(clients(null, ""), "s3cret")).isInstanceOf(PasswordResult.Unavailable.class);
    }

    @Test
    void mayComeBackWhenTheServerSays() {
        answer = refused(503, "", Duration.ofSeconds(42));
        assertThat(check(clients(null, ""), "s3cret"))
                .isEqualTo(new PasswordResult.Unavailable(Duration.ofSeconds(42)));
    }

    @Test
    void areRememberedForHalfAMinuteUnderTheirOwnSecretOnly() {
        RegisteredClients clients = clients(null, "");
        check(clients, "s3cret");
        answer = refused(401, "", null);

        clock.advance(Duration.ofSeconds(29));
        assertThat(check(clients, "s3cret")).isEqualTo(ACCEPTED);
        assertThat(check(clients, "other")).isEqualTo(new PasswordResult.Refused());
        assertThat(clients.check("robots", "3cret".toCharArray())).isEqualTo(new PasswordResult.Refused());
        clock.advance(Duration.ofSeconds(1));
        assertThat(check(clients, "s3cret")).isEqualTo(new PasswordResult.Refused());
    }

    @Test
    void areNotRememberedAsRefusedOrUnavailable() {
        RegisteredClients clients = clients(null, "");
        answer = refused(401, "", null);
        check(clients, "s3cret");
        answer = new FetchResult.Unreachable("read timeout");
        assertThat(check(clients, "s3cret")).isInstanceOf(PasswordResult.Unavailable.class);
        answer = ok(TOKEN);
        assertThat(check(clients, "s3cret")).isEqualTo(ACCEPTED);
    }

    @Test
    void causeNoCallsToAServerThatFailedFiveTimes() {
        RegisteredClients clients = clients(null, "");
        answer = new FetchResult.Unreachable("read timeout");
        for (int i = 0; i < 20; i++) {
            assertThat(check(clients, "s3cret" + i)).isInstanceOf(PasswordResult.Unavailable.class);
        }
        assertThat(forms).hasSize(5);
    }

    /** What an id and a secret alone can bring about must not keep the others out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    302 | x                                  | false
                    400 | {"error":"invalid_client"}         | false
                    400 | {"error":"invalid_request"}        | false
                    400 | {"error":"unsupported_grant_type"} | false
                    400 | not JSON                           | false
                    401 | x                                  | false
                    403 | x                                  | false
                    404 | x                                  | false
                    413 | x                                  | false
                    414 | x                                  | false
                    422 | x                                  | false
                    429 | x                                  | false
                    431 | x                                  | false
                    499 | x                                  | false
                    500 | x                                  | true
                    502 | x                                  | true
                    503 | x                                  | true
                    """)
    void keepTheOthersOutOnlyWhenTheServerFails(int status, String body, boolean keptOut) {
        RegisteredClients clients = clients(null, "");
        answer = refused(status, body, null);
        for (int i = 0; i < 20; i++) {
            clients.check("odd" + i, "x".toCharArray());
        }
        answer = ok(TOKEN);

        assertThat(check(clients, "s3cret"))
                .isEqualTo(keptOut ? new PasswordResult.Unavailable(Duration.ofSeconds(5)) : ACCEPTED);
        assertThat(log.messages(Level.WARNING).stream()
                        .filter(line -> line.startsWith("GATE0601"))
                        .count())
                .isEqualTo(keptOut ? 1 : 0);
    }

    @Test
    void areWarnedAboutOnceAMinuteWhereTheServerSaysNothingAboutThem() {
        RegisteredClients clients = clients(null, "");
        answer = refused(403, "x", Duration.ofSeconds(42));
        assertThat(check(clients, "s3cret")).isEqualTo(new PasswordResult.Unavailable(Duration.ofSeconds(42)));
        check(clients, "s3cret");
        assertThat(log.messages(Level.WARNING))
                .singleElement()
                .asString()
                .startsWith("GATE0210 the token endpoint https://login.example/token refuses a request (403)");
        clock.advance(Duration.ofMinutes(1));
        check(clients, "s3cret");
        assertThat(log.messages(Level.WARNING)).hasSize(2);
        assertThat(log.everything()).doesNotContain("s3cret", "robot");
    }

    /** The header of 4096 characters holds 3066 bytes in base64: these, the colon and the id. */
    @ParameterizedTest
    @CsvSource({"3000,true", "3060,true", "3061,false", "5000,false"})
    void areNotAskedAboutWithMoreThanAServerTakes(int length, boolean asked) {
        PasswordResult result = check(clients(null, ""), "x".repeat(length));
        assertThat(result).isEqualTo(asked ? ACCEPTED : new PasswordResult.Refused());
        assertThat(forms).hasSize(asked ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"'',s3cret", "robot,''", "'',''"})
    void needAnIdAndASecret(String id, String secret) {
        assertThat(clients(null, "").check(id, secret.toCharArray())).isEqualTo(new PasswordResult.Refused());
        assertThat(forms).isEmpty();
    }

    @Test
    void causeOneCallWhenTheyAskAtTheSameTime() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        RegisteredClients clients = clients(SETTINGS, (form, headers, wanted) -> {
            calls.incrementAndGet();
            awaitQuietly(open);
            return ok(TOKEN);
        });
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<PasswordResult>> results = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                results.add(threads.submit(() -> check(clients, "s3cret")));
            }
            open.countDown();
            for (Future<PasswordResult> result : results) {
                assertThat(result.get()).isEqualTo(ACCEPTED);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(calls).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A token endpoint that says nothing until it is told to; its clients are asked about by threads of their own. */
    @Nested
    @Timeout(60)
    class WhileTheServerIsSilent {

        private static final int MANY = 9;

        private final CountDownLatch silence = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger looks = new AtomicInteger();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final RegisteredClients clients = clients(SETTINGS, (form, headers, wanted) -> {
            calls.incrementAndGet();
            while (silence.getCount() > 0) {
                if (!wanted.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    return new FetchResult.Unreachable("given up");
                }
                looks.incrementAndGet();
                Thread.onSpinWait();
            }
            return ok(TOKEN);
        });

        @AfterEach
        void stop() {
            silence.countDown();
            threads.shutdownNow();
        }

        private List<Future<PasswordResult>> asking(IntFunction<String> secrets) {
            return asking(clients, secrets);
        }

        private List<Future<PasswordResult>> asking(RegisteredClients asked, IntFunction<String> secrets) {
            return IntStream.range(0, MANY)
                    .mapToObj(i -> threads.submit(() -> check(asked, secrets.apply(i))))
                    .toList();
        }

        private void awaitCalls(int count) {
            while (calls.get() < count && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }

        private void awaitAnotherLook() {
            int before = looks.get();
            while (looks.get() < before + 2 && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }

        private void awaitThoseLetGo(List<Future<PasswordResult>> results) {
            awaitThoseLetGo(results, MANY - PATIENT);
        }

        private void awaitThoseLetGo(List<Future<PasswordResult>> results, int count) {
            while (results.stream().filter(Future::isDone).count() < count
                    && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }

        private List<PasswordResult> answers(List<Future<PasswordResult>> results) throws Exception {
            silence.countDown();
            List<PasswordResult> answers = new ArrayList<>();
            for (Future<PasswordResult> result : results) {
                answers.add(result.get());
            }
            return answers;
        }

        @Test
        void holdAFewThreadsOnly() throws Exception {
            List<Future<PasswordResult>> results = asking(i -> "s3cret" + i);
            awaitCalls(MANY);
            assertThat(results).noneMatch(Future::isDone);
            clock.advance(STALLED_AFTER);
            awaitThoseLetGo(results);

            List<PasswordResult> answers = answers(results);
            assertThat(answers).filteredOn(ACCEPTED::equals).hasSize(PATIENT);
            assertThat(answers).filteredOn(COME_BACK::equals).hasSize(MANY - PATIENT);
        }

        @Test
        void areSentAwayAtOnceWhereEnoughWait() throws Exception {
            List<Future<PasswordResult>> results = asking(i -> "s3cret" + i);
            awaitCalls(MANY);
            clock.advance(STALLED_AFTER);
            awaitThoseLetGo(results);
            breaker.close();

            assertThat(check(clients, "another")).isEqualTo(COME_BACK);
            assertThat(calls).hasValue(MANY);
        }

        @Test
        void causeFailuresByTheCallsThatAreGivenUp() throws Exception {
            List<Future<PasswordResult>> results = asking(i -> "s3cret" + i);
            awaitCalls(MANY);
            clock.advance(STALLED_AFTER);
            awaitThoseLetGo(results);
            answers(results);

            assertThat(breaker.isOpen()).isTrue();
            assertThat(check(clients, "another")).isEqualTo(COME_BACK);
            assertThat(calls).hasValue(MANY);
        }

        /** One client from many places: one thread asks, and it is the others who are many. */
        @Test
        void holdAFewOfThoseOnlyWhoWaitForAnotherOnesCall() throws Exception {
            Future<PasswordResult> first = threads.submit(() -> check(clients, "s3cret"));
            awaitCalls(1);
            clock.advance(STALLED_AFTER);
            awaitAnotherLook(); // it waits on, as one of the few
            List<Future<PasswordResult>> others = asking(i -> "s3cret");
            awaitThoseLetGo(others, MANY - PATIENT + 1);

            assertThat(answers(others)).filteredOn(ACCEPTED::equals).hasSize(PATIENT - 1);
            assertThat(first.get()).isEqualTo(ACCEPTED);
            assertThat(calls).hasValue(1);
            assertThat(check(clients, "s3cret")).as("it is back").isEqualTo(ACCEPTED);
        }

        @Test
        void areFewWhereTheCallBeforeTimedOut() throws Exception {
            RegisteredClients after = clients(SETTINGS, (form, headers, wanted) -> {
                if (calls.incrementAndGet() == 1) {
                    clock.advance(STALLED_AFTER);
                    return new FetchResult.Unreachable("total timeout");
                }
                awaitQuietly(silence);
                return ok(TOKEN);
            });
            assertThat(check(after, "first")).isEqualTo(COME_BACK);
            List<Future<PasswordResult>> results = asking(after, i -> "s3cret" + i);
            awaitThoseLetGo(results);

            assertThat(answers(results)).filteredOn(ACCEPTED::equals).hasSize(PATIENT);
            assertThat(calls).hasValue(1 + PATIENT);
        }

        @Test
        void letAThreadGoThatIsInterrupted() {
            Future<PasswordResult> asking = threads.submit(() -> check(clients, "s3cret"));
            awaitCalls(1);

            Thread.currentThread().interrupt();
            assertThat(check(clients, "s3cret")).isEqualTo(COME_BACK);
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
            assertThat(check(clients, "another")).isEqualTo(COME_BACK);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(asking.isDone()).isFalse();
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void areLoggedByChangesOfStateAndWithoutSecrets() {
        RegisteredClients clients = clients(null, "");
        answer = new FetchResult.Unreachable("read timeout");
        check(clients, "s3cret");
        check(clients, "s3cret");
        answer = ok(TOKEN);
        check(clients, "s3cret");

        assertThat(log.messages(Level.WARNING))
                .containsExactly("GATE0601 clients cannot be checked at https://login.example/token: read timeout;"
                        + " callers get 503. If it cannot work, look at gatehouse.basic.token-endpoint");
        assertThat(log.messages(Level.INFO)).hasSize(1);
        assertThat(log.everything() + clients).doesNotContain("s3cret", "t0ken", "robot");
    }
}
