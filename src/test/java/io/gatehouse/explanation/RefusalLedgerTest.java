package io.gatehouse.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.TokenAccepted;
import io.gatehouse.audit.TokenRefused;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.refusal.Refusal;
import io.gatehouse.refusal.RefusalCode;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.MutableClock;
import io.gatehouse.testing.TestJson;
import io.gatehouse.testing.TestTokens;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.InvalidTokenReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RefusalLedgerTest {

    private static final BearerChallenge CHALLENGE = new BearerChallenge("orders");
    private static final Refusal EXPIRED = Refusal.invalidToken(CHALLENGE, InvalidTokenReason.EXPIRED);
    private static final Refusal AUDIENCE = Refusal.invalidToken(CHALLENGE, InvalidTokenReason.AUDIENCE_NOT_ACCEPTED);
    private static final RefusedRequest REQUEST = RefusedRequest.of(AccessToken.of("the.secret.token"));

    private final MutableClock clock = new MutableClock();
    private final CapturedLog log = new CapturedLog(RefusalLedger.class);
    private final AtomicInteger explained = new AtomicInteger();
    private final List<Object> events = new ArrayList<>();
    private final Explainer explainer = (refusal, request) -> {
        explained.incrementAndGet();
        return new Explanation("reason " + explained.get(), "see some.property", "kid \"a\"", "staff");
    };
    private final AuditTrail audit = new AuditTrail() {
        @Override
        public void accepted(Supplier<TokenAccepted> event) {
            events.add(event.get());
        }

        @Override
        public void refused(Supplier<TokenRefused> event) {
            events.add(event.get());
        }
    };
    private RefusalLedger ledger = new RefusalLedger(explainer, AuditTrail.none(), 0, clock);

    RefusalLedgerTest() {
        level(Level.INFO);
    }

    private static void level(Level level) {
        Logger.getLogger(RefusalLedger.class.getName()).setLevel(level);
    }

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    private Refusal note(Refusal refusal) {
        return ledger.noted(refusal, REQUEST);
    }

    private List<String> lines() {
        return log.messages(Level.INFO);
    }

    @Test
    void givesEachAnswerAnIdOfItsOwnAndChangesNothingElse() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Refusal noted = note(EXPIRED);
            assertThat(noted.correlationId()).matches("[a-z2-9]{10}");
            assertThat(noted).isEqualTo(EXPIRED.identifiedBy(noted.correlationId()));
            ids.add(noted.correlationId());
        }
        assertThat(ids).hasSize(1000);
    }

    @Test
    void takesNoteOfEachOnce() {
        Refusal noted = note(EXPIRED);
        assertThat(note(noted)).isSameAs(noted);
        clock.advance(Duration.ofMinutes(2));
        note(AUDIENCE);

        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("GATE0904"));
    }

    @Nested
    class AtInfo {

        @Test
        void theFirstOfACodeIsToldAtOnce() {
            String id = note(EXPIRED).correlationId();

            assertThat(lines())
                    .containsExactly(
                            "GATE0902 refused (GATE-EXPIRED 401, " + id + "): reason 1; see some.property [kid \"a\"]");
        }

        @Test
        void thoseOfTheMinuteAfterItAreCountedAndToldWithTheNext() {
            note(EXPIRED);
            for (int i = 0; i < 36; i++) {
                clock.advance(Duration.ofSeconds(1));
                note(EXPIRED);
            }
            assertThat(lines()).hasSize(1);
            clock.advance(Duration.ofSeconds(24));
            String id = note(EXPIRED).correlationId();

            assertThat(lines().subList(1, lines().size()))
                    .containsExactly("GATE0903 37 requests were refused since this was told last: GATE-EXPIRED 401; the"
                            + " last one (" + id + "): reason 2; see some.property [kid \"a\"]");
        }

        @Test
        void eachCodeHasAMinuteOfItsOwn() {
            note(EXPIRED);
            note(AUDIENCE);
            note(EXPIRED);

            assertThat(lines()).hasSize(2);
            assertThat(lines().get(1)).startsWith("GATE0902 refused (GATE-AUDIENCE 401");
        }

        @Test
        void whatWasCountedIsToldByARefusalOfAnotherKind() {
            note(EXPIRED);
            note(EXPIRED);
            clock.advance(Duration.ofMinutes(1));
            note(AUDIENCE);

            assertThat(lines())
                    .contains("GATE0904 1 more requests were refused since this was told last: GATE-EXPIRED: the token"
                            + " has expired");
        }

        @Test
        void whatWasCountedIsToldByACallerWhoIsLetIn() {
            note(EXPIRED);
            note(EXPIRED);
            clock.advance(Duration.ofSeconds(59));
            ledger.accepted(TestTokens.validated(TestTokens.validClaims()), "alice");
            assertThat(lines()).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            ledger.accepted(TestTokens.validated(TestTokens.validClaims()), "alice");
            ledger.accepted(TestTokens.validated(TestTokens.validClaims()), "alice");

            assertThat(lines()).hasSize(2);
            assertThat(lines().get(1)).startsWith("GATE0904 1 more").doesNotContain("alice");
        }

        @Test
        void whatWasCountedIsToldAtTheEnd() {
            note(EXPIRED);
            note(EXPIRED);
            ledger.close();

            assertThat(lines()).hasSize(2);
        }

        @Test
        void aFloodIsNotPutIntoWords() {
            for (int i = 0; i < 10_000; i++) {
                note(EXPIRED);
            }
            assertThat(explained).hasValue(1);
            assertThat(lines()).hasSize(1);
        }
    }

    @Nested
    class AtDebug {

        @Test
        void eachIsToldWithItsId() {
            level(Level.FINE);
            String first = note(EXPIRED).correlationId();
            String second = note(EXPIRED).correlationId();

            assertThat(log.messages(Level.FINE))
                    .containsExactly(
                            "GATE0901 refused (GATE-EXPIRED 401, " + first
                                    + "): reason 1; see some.property [kid \"a\"]",
                            "GATE0901 refused (GATE-EXPIRED 401, " + second
                                    + "): reason 2; see some.property [kid \"a\"]");
        }

        @Test
        void anExplanationThatFailsLeavesTheRefusal() {
            level(Level.FINE);
            ledger = new RefusalLedger(
                    (refusal, request) -> {
                        throw new IllegalStateException("the.secret.token");
                    },
                    audit,
                    10,
                    clock);

            assertThat(note(EXPIRED).correlationId()).isNotNull();
            assertThat(log.everything()).contains("GATE0905").doesNotContain("secret");
        }
    }

    @Nested
    class TheLastOnes {

        @SuppressWarnings("unchecked")
        private List<Map<String, Object>> shown() {
            return (List<Map<String, Object>>)
                    TestJson.parse(ledger.recentAsJson()).get("refusals");
        }

        @Test
        void areNotRememberedWhereNobodyAskedForThat() {
            note(EXPIRED);
            assertThat(shown()).isEmpty();
        }

        @Test
        void areShownLatestFirstWithoutTheToken() {
            ledger = new RefusalLedger(explainer, AuditTrail.none(), 10, clock);
            String first = note(EXPIRED).correlationId();
            clock.advance(Duration.ofMillis(1500));
            String second = note(AUDIENCE).correlationId();

            assertThat(shown())
                    .containsExactly(
                            Map.of(
                                    "at", "2026-03-01T12:00:01.500Z",
                                    "correlation_id", second,
                                    "code", "GATE-AUDIENCE",
                                    "status", 401L,
                                    "reason", "reason 2",
                                    "remedy", "see some.property",
                                    "token", "kid \"a\""),
                            Map.of(
                                    "at", "2026-03-01T12:00:00Z",
                                    "correlation_id", first,
                                    "code", "GATE-EXPIRED",
                                    "status", 401L,
                                    "reason", "reason 1",
                                    "remedy", "see some.property",
                                    "token", "kid \"a\""));
            assertThat(ledger.recentAsJson()).doesNotContain("secret");
        }

        @Test
        void areNoMoreThanWanted() {
            ledger = new RefusalLedger(explainer, AuditTrail.none(), 3, clock);
            for (int i = 0; i < 10; i++) {
                note(EXPIRED);
            }
            assertThat(shown()).hasSize(3);
        }

        @Test
        void areExplainedAFewASecondAndTheRestByTheirCode() {
            ledger = new RefusalLedger(explainer, AuditTrail.none(), 1000, clock);
            for (int i = 0; i < 500; i++) {
                note(EXPIRED);
            }
            assertThat(explained).hasValue(20);
            assertThat(shown().get(0)).containsEntry("reason", RefusalCode.EXPIRED.meaning());
            clock.advance(Duration.ofSeconds(1));
            note(EXPIRED);
            assertThat(shown().get(0)).containsEntry("reason", "reason 21");
        }
    }

    @Nested
    class Observers {

        @Test
        void learnOfRefusedTokensAndNothingOfTheToken() {
            ledger = new RefusalLedger(explainer, audit, 0, clock);
            String id = note(AUDIENCE).correlationId();

            assertThat(events).containsExactly(new TokenRefused("GATE-AUDIENCE", 401, id, "staff"));
        }

        @Test
        void learnNothingOfRequestsWithoutAToken() {
            ledger = new RefusalLedger(explainer, audit, 0, clock);
            ledger.noted(Refusal.credentialsNeeded(CHALLENGE), RefusedRequest.of(null));

            assertThat(events).isEmpty();
        }

        @Test
        void learnWhoWasLetIn() {
            ledger = new RefusalLedger(explainer, audit, 0, clock);
            ledger.accepted(TestTokens.validated(TestTokens.validClaims()), "alice");

            assertThat(events).containsExactly(new TokenAccepted("default", "alice"));
        }
    }
}
