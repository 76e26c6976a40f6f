package io.gatehouse.config;

import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.TokenAccepted;
import io.gatehouse.audit.TokenRefused;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import jakarta.enterprise.inject.spi.BeanManager;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Tells the application's observers. Who observes is found out once; without an observer, nothing is made. Thread-safe.
 */
final class ObservedAudit implements AuditTrail {

    private static final System.Logger LOG = ApplicationLog.of(ObservedAudit.class);

    private final BeanManager beans;
    private final boolean acceptedObserved;
    private final boolean refusedObserved;
    private final Reminder reports;

    private ObservedAudit(BeanManager beans, Clock clock, boolean acceptedObserved, boolean refusedObserved) {
        this.beans = beans;
        this.reports = Reminder.everyMinute(clock);
        this.acceptedObserved = acceptedObserved;
        this.refusedObserved = refusedObserved;
    }

    /** For the observers that there are now; the application is deployed. */
    static AuditTrail of(BeanManager beans, Clock clock) {
        boolean accepted =
                !beans.resolveObserverMethods(new TokenAccepted("", "")).isEmpty();
        boolean refused =
                !beans.resolveObserverMethods(new TokenRefused("", 0, "", null)).isEmpty();
        return accepted || refused ? new ObservedAudit(beans, clock, accepted, refused) : AuditTrail.none();
    }

    @Override
    public void accepted(Supplier<TokenAccepted> event) {
        if (acceptedObserved) {
            fire(event);
        }
    }

    @Override
    public void refused(Supplier<TokenRefused> event) {
        if (refusedObserved) {
            fire(event);
        }
    }

    /** Whatever an observer does, the decision stands. */
    private void fire(Supplier<?> event) {
        try {
            beans.getEvent().fire(event.get());
        } catch (RuntimeException | LinkageError | AssertionError failure) {
            report(failure);
        }
    }

    /** The class and not the message, which may quote anything. */
    private void report(Throwable failure) {
        if (reports.isDue()) {
            LOG.log(
                    WARNING,
                    "GATE0906 an observer of the application failed, and the answer is the same: {0}",
                    failure.getClass().getName());
        }
    }
}
