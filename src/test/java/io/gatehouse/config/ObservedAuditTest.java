package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.TokenAccepted;
import io.gatehouse.audit.TokenRefused;
import io.gatehouse.testing.CapturedLog;
import io.gatehouse.testing.TestTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class ObservedAuditTest {

    private static final TokenRefused REFUSED = new TokenRefused("GATE-AUDIENCE", 401, "k7m2x9qap4", "staff");

    @ApplicationScoped
    static class OfRefusals {

        final List<TokenRefused> seen = new ArrayList<>();

        void on(@Observes TokenRefused event) {
            seen.add(event);
        }

        List<TokenRefused> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Failing {

        void on(@Observes TokenRefused event) {
            throw new IllegalStateException("secret");
        }
    }

    private static void with(Class<?> observer, Consumer<SeContainer> test) {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(observer)
                .initialize()) {
            test.accept(container);
        }
    }

    private static AuditTrail trail(SeContainer container) {
        return ObservedAudit.of(container.getBeanManager(), TestTokens.CLOCK);
    }

    @Test
    void tellsWhoeverObserves() {
        with(OfRefusals.class, container -> {
            trail(container).refused(() -> REFUSED);

            assertThat(container.select(OfRefusals.class).get().seen()).containsExactly(REFUSED);
        });
    }

    @Test
    void makesNoEventThatNobodyObserves() {
        with(OfRefusals.class, container -> trail(container).accepted(() -> {
            throw new AssertionError("made");
        }));
        with(ObservedAuditTest.class, container -> trail(container).refused(() -> {
            throw new AssertionError("made");
        }));
    }

    @Test
    void goesOnWhereAnObserverFailsAndSaysSoOnceAMinute() {
        try (CapturedLog log = new CapturedLog(ObservedAudit.class)) {
            with(Failing.class, container -> {
                AuditTrail trail = trail(container);
                trail.refused(() -> REFUSED);
                trail.refused(() -> REFUSED);
            });
            assertThat(log.messages(Level.WARNING))
                    .containsExactly("GATE0906 an observer of the application failed, and the answer is the same:"
                            + " java.lang.IllegalStateException");
            assertThat(log.everything()).doesNotContain("secret");
        }
    }

    /** As an event, it is not told apart from others by anything but its type. */
    @Test
    void holdsWhatTheApplicationMayKnow() {
        assertThat(new TokenAccepted("staff", "alice").toString()).contains("staff", "alice");
        assertThat(REFUSED.issuerName()).hasValue("staff");
    }
}
