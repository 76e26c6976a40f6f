package io.gatehouse.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.permission.PermissionDecision.Allowed;
import io.gatehouse.permission.PermissionDecision.Denied;
import io.gatehouse.permission.PermissionDecision.Unavailable;
import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.Provider;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.RecordingServer;
import io.gatehouse.testing.RecordingServer.Answer;
import io.gatehouse.token.ValidatedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose questions are put, with whose token, and for whom an answer is remembered. */
@Timeout(60)
class RemoteDeciderTest {

    private static final Duration LIFETIME = Duration.ofSeconds(10);
    private static final Permission READ = Permission.of("documents/7", "READ");

    private TestServer authress;

    @AfterEach
    void stop() {
        authress.close();
    }

    /** Alice may do everything, others nothing. */
    private static Answer aliceOnly(RecordingServer.Request request) {
        return new Answer(request.target().contains("/users/alice/") ? 200 : 404, "application/json", "{}");
    }

    private PermissionDecider remembering(Asker asker, Duration lifetime) {
        authress = new TestServer(Provider.AUTHRESS, asker, lifetime, RemoteDeciderTest::aliceOnly);
        return authress.server.decider();
    }

    private static Asker ours() {
        return new Asker.TheService(new ClientAuthentication.Bearer(() -> Optional.of("ours"), refused -> false));
    }

    private int questions() {
        return authress.recording.requests().size();
    }

    @Nested
    class Memory {

        @Test
        void isThereOnlyIfItIsSwitchedOn() {
            PermissionDecider decider = remembering(new Asker.TheCaller(), Duration.ZERO);
            for (int i = 0; i < 3; i++) {
                decider.decide(Callers.named("alice"), READ);
            }

            assertThat(questions()).isEqualTo(3);
        }

        @Test
        void holdsYesAndNo() {
            PermissionDecider decider = remembering(new Asker.TheCaller(), LIFETIME);
            for (int i = 0; i < 3; i++) {
                assertThat(decider.decide(Callers.named("alice"), READ)).isEqualTo(new Allowed());
                assertThat(decider.decide(Callers.named("bob"), READ)).isEqualTo(new Denied());
            }
            assertThat(questions()).isEqualTo(2);
        }

        @Test
        void forgetsExactlyThen() {
            PermissionDecider decider = remembering(new Asker.TheCaller(), LIFETIME);
            decider.decide(Callers.named("alice"), READ);
            authress.recording.answerWith(request -> new Answer(404, "application/json", "{}"));

            authress.clock.advance(LIFETIME.minusNanos(1));
            assertThat(decider.decide(Callers.named("alice"), READ)).isEqualTo(new Allowed());
            authress.clock.advance(Duration.ofNanos(1));
            assertThat(decider.decide(Callers.named("alice"), READ)).isEqualTo(new Denied());
        }

        @Test
        void holdsNothingThatIsNoDecision() {
            PermissionDecider decider = remembering(new Asker.TheCaller(), LIFETIME);
            authress.recording.answerWith(request -> new Answer(403, "application/json", "{}"));
            assertThat(decider.decide(Callers.named("alice"), READ)).isInstanceOf(Unavailable.class);
            authress.recording.answerWith(RemoteDeciderTest::aliceOnly);

            assertThat(decider.decide(Callers.named("alice"), READ)).isEqualTo(new Allowed());
        }

        @Test
        void isNoHelpInAnOutage() {
            PermissionDecider decider = remembering(new Asker.TheCaller(), LIFETIME);
            decider.decide(Callers.named("alice"), READ);
            authress.recording.answerWith(request -> new Answer(500, "application/json", "{}"));
            authress.clock.advance(LIFETIME);

            assertThat(decider.decide(Callers.named("alice"), READ)).isInstanceOf(Unavailable.class);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isOfOneCallerResourceAndAction(boolean callersToken) {
            PermissionDecider decider = remembering(callersToken ? new Asker.TheCaller() : ours(), LIFETIME);
            assertThat(decider.decide(Callers.named("alice"), READ)).isEqualTo(new Allowed());
            authress.recording.answerWith(request -> new Answer(404, "application/json", "{}"));

            assertThat(decider.decide(Callers.named("alice"), READ)).isEqualTo(new Allowed());
            assertThat(decider.decide(Callers.named("bob"), READ)).isEqualTo(new Denied());
            assertThat(decider.decide(Callers.named("Alice"), READ)).isEqualTo(new Denied());
            assertThat(decider.decide(Callers.named("alice"), Permission.of("documents/8", "READ")))
                    .isEqualTo(new Denied());
            assertThat(decider.decide(Callers.named("alice"), Permission.of("documents/7", "WRITE")))
                    .isEqualTo(new Denied());
            assertThat(decider.decide(Callers.named("alice"), new Permission("page", "documents/7", "READ")))
                    .isEqualTo(new Denied());
        }

        @Test
        void isOfOneTokenWhereThatWentWithTheQuestion() {
            ValidatedToken strong = Callers.of(Callers.ISSUER, "strong", "\"alice\"");
            ValidatedToken weak = Callers.of(Callers.ISSUER, "weak", "\"alice\"");
            PermissionDecider decider = remembering(new Asker.TheCaller(), LIFETIME);
            authress.recording.answerWith(request -> new Answer(
                    request.header("Authorization").equals("Bearer strong") ? 200 : 404, "application/json", "{}"));

            assertThat(decider.decide(strong, READ)).isEqualTo(new Allowed());
            assertThat(decider.decide(weak, READ)).isEqualTo(new Denied());
        }

        @Test
        void isOfAllTokensOfACallerWhereOursWent() {
            PermissionDecider decider = remembering(ours(), LIFETIME);
            decider.decide(Callers.of(Callers.ISSUER, "one", "\"alice\""), READ);
            decider.decide(Callers.of(Callers.ISSUER, "two", "\"alice\""), READ);

            assertThat(questions()).isEqualTo(1);
        }

        @Test
        void isOfTheCallerOfOneIssuer() {
            PermissionDecider decider = remembering(ours(), LIFETIME);
            decider.decide(Callers.of(Callers.ISSUER, "one", "\"alice\""), READ);
            decider.decide(Callers.of(Callers.OTHER_ISSUER, "one", "\"alice\""), READ);

            assertThat(questions()).isEqualTo(2);
        }

        @Test
        void asksOnlyForWhatItDoesNotHold() {
            PermissionDecider decider = remembering(new Asker.TheCaller(), LIFETIME);
            decider.decide(Callers.named("alice"), READ);

            assertThat(decider.decideAll(Callers.named("alice"), List.of(Permission.of("documents/8", "READ"), READ)))
                    .containsExactly(new Allowed(), new Allowed());
            assertThat(questions()).isEqualTo(2);
        }

        @Test
        void isBounded() {
            ShortMemory<Integer, String> memory = new ShortMemory<>(LIFETIME, 3, running().clock);
            for (int i = 0; i < 100; i++) {
                memory.put(i, "x", authress.clock.instant());
            }
            long held = IntStream.range(0, 100)
                    .filter(i -> memory.get(i).isPresent())
                    .count();

            assertThat(held).isLessThanOrEqualTo(3);
        }

        private TestServer running() {
            remembering(new Asker.TheCaller(), LIFETIME);
            return authress;
        }

        @Test
        void prefersTheAnswerToTheLaterQuestion() {
            ShortMemory<String, String> memory = new ShortMemory<>(LIFETIME, 3, running().clock);
            memory.put("k", "later", authress.clock.instant());
            memory.put("k", "earlier", authress.clock.instant().minusSeconds(1));

            assertThat(memory.get("k")).hasValue("later");
        }
    }

    @Nested
    class WhoIsNotKnown {

        @Test
        void ofAnotherIssuerHaveNoPermissionsWhateverTheirName() {
            PermissionDecider decider = remembering(ours(), Duration.ZERO);

            assertThat(decider.decide(Callers.of("partners", "t", "\"alice\""), READ))
                    .isEqualTo(new Denied());
            assertThat(decider.decideAll(Callers.of("partners", "t", "\"alice\""), List.of(READ, READ)))
                    .containsExactly(new Denied(), new Denied());
            assertThat(questions()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"17", "null", "[\"alice\"]", "{}", "\"\"", "\" \"", "true"})
        void whoseTokenDoesNotNameThemHaveNone(String subject) {
            PermissionDecider decider = remembering(new Asker.TheCaller(), Duration.ZERO);
            try (CapturedLog log = new CapturedLog(KnownSubjects.class)) {
                assertThat(decider.decide(Callers.of(Callers.ISSUER, "se.cr.et", subject), READ))
                        .isEqualTo(new Denied());
                assertThat(questions()).isZero();
                assertThat(log.messages(Level.FINE)).singleElement().asString().startsWith("GATE0806");
                assertThat(log.everything()).doesNotContain("se.cr.et");
            }
        }
    }

    /** Parity with nobody: a client that holds the token of whoever called last would fail here at once. */
    @ParameterizedTest
    @EnumSource
    void eachQuestionComesWithTheTokenOfItsOwnCallerWhateverHappensBeside(Provider provider) throws Exception {
        authress = new TestServer(provider, request -> {
            String token = request.header("Authorization").replace("Bearer token.of.", "");
            boolean own = (request.target() + request.body()).contains(token);
            return provider == Provider.AUTHZEN
                    ? Answer.json("{\"decision\":" + own + "}")
                    : new Answer(own ? 200 : 404, "application/json", "{}");
        });
        PermissionDecider decider = authress.server.decider();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<PermissionDecision>> decisions = new ArrayList<>();
        for (int i = 0; i < 320; i++) {
            String name = "caller" + (char) ('a' + i % 16) + "end";
            decisions.add(threads.submit(() -> decider.decide(Callers.named(name), READ)));
        }
        for (Future<PermissionDecision> decision : decisions) {
            assertThat(decision.get()).isEqualTo(new Allowed());
        }
        threads.shutdown();
        assertThat(questions()).isEqualTo(320);
    }

    @Test
    void namesNobodyWhereSomethingIsShown() {
        remembering(new Asker.TheCaller(), LIFETIME);

        assertThat(CallerKey.of(Callers.named("alice"), "alice", new Asker.TheCaller())
                        .toString())
                .doesNotContain("alice");
    }
}
