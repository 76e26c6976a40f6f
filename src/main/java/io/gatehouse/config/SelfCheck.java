package io.gatehouse.config;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Has the {@link Doctor} look at a running application, and tells the log. It keeps nobody waiting. */
final class SelfCheck {

    private static final System.Logger LOG = ApplicationLog.of(SelfCheck.class);

    private final Doctor doctor;
    private final Executor executor;

    SelfCheck(Doctor doctor, Executor executor) {
        this.doctor = doctor;
        this.executor = executor;
    }

    void start() {
        try {
            executor.execute(this::tell);
        } catch (RejectedExecutionException ending) {
            // The application is on its way out.
        }
    }

    private void tell() {
        try {
            doctor.examine().forEach(SelfCheck::tell);
        } catch (RuntimeException defect) {
            LOG.log(
                    WARNING,
                    "GATE0912 the self-check was broken off: {0}",
                    defect.getClass().getName());
        }
    }

    private static void tell(Finding finding) {
        if (finding.isBad()) {
            LOG.log(WARNING, "GATE0911 self-check, {0}: {1}; {2}", finding.subject(), finding.text(), finding.remedy());
        } else {
            LOG.log(INFO, "GATE0910 self-check, {0}: {1}", finding.subject(), finding.text());
        }
    }
}
