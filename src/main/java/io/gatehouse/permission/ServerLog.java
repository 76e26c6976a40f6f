package io.gatehouse.permission;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says in the log how the server is: a line per change of state, and at most one per minute about what only we can
 * change. Callers cannot fill the log. Thread-safe.
 */
final class ServerLog {

    private static final System.Logger LOG = ApplicationLog.of(ServerLog.class);

    private final URI url;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Reminder forbidden;
    private final Reminder unauthorized;
    private final Reminder refusal;

    ServerLog(URI url, Clock clock) {
        this.url = url;
        this.forbidden = Reminder.everyMinute(clock);
        this.unauthorized = Reminder.everyMinute(clock);
        this.refusal = Reminder.everyMinute(clock);
    }

    void report(Reading<?> reading) {
        if (reading instanceof Reading.Failed<?> failed) {
            if (failing.compareAndSet(false, true)) {
                LOG.log(
                        WARNING,
                        "GATE0801 permissions cannot be asked for at {0}: {1}; callers get 503. If it cannot work,"
                                + " look at gatehouse.permissions.url",
                        url,
                        failed.problem());
            }
        } else if (reading instanceof Reading.AskerRejected<?> rejected) {
            reportRejection(rejected.status());
        } else if (reading instanceof Reading.Refused<?> refused) {
            reportRefusal(refused.status());
        } else if (failing.compareAndSet(true, false)) {
            LOG.log(INFO, "GATE0802 permissions can be asked for at {0} again", url);
        }
    }

    private void reportRejection(int status) {
        if (status == 403 && forbidden.isDue()) {
            LOG.log(
                    ERROR,
                    "GATE0803 {0} does not let us ask about permissions (403): give whoever''s token is sent"
                            + " (gatehouse.permissions.token) the right to ask; callers get 503 until then",
                    url);
        }
        if (status == 401 && unauthorized.isDue()) {
            LOG.log(
                    ERROR,
                    "GATE0804 {0} does not take the token that we ask with (401): check gatehouse.permissions.token;"
                            + " callers get 503 until then",
                    url);
        }
    }

    private void reportRefusal(int status) {
        if (refusal.isDue()) {
            LOG.log(
                    WARNING,
                    "GATE0805 {0} refuses a question about permissions ({1}); its caller gets 503",
                    url,
                    status);
        }
    }
}
