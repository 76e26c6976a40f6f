package io.gatehouse.config;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.log.Reminder;
import io.gatehouse.permission.Permission;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.permission.PermissionDecision;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.time.Duration;

/** Stands where no server is configured that could decide, and so decides nothing. Thread-safe. */
final class NoPermissionServer implements PermissionDecider {

    private static final System.Logger LOG = ApplicationLog.of(NoPermissionServer.class);

    /** Until somebody sets the property, any time is as good as another. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Reminder reminder;

    NoPermissionServer(Clock clock) {
        this.reminder = Reminder.everyMinute(clock);
    }

    @Override
    public PermissionDecision decide(ValidatedToken caller, Permission permission) {
        if (reminder.isDue()) {
            LOG.log(
                    ERROR,
                    "GATE0810 a permission is needed, but {0} is not set; callers get 503",
                    ConfigProperty.PERMISSIONS_PROVIDER.propertyName());
        }
        return new PermissionDecision.Unavailable(PAUSE);
    }
}
