package io.gatehouse.roles;

import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.token.ClaimPath;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Notices tokens that leave their roles out because there are too many of them, and say where they could be asked for
 * (Entra ID's overage; OpenID Connect Core §5.6.2). Nobody is asked: the line in the log says why a caller has no roles,
 * once a minute at most. Thread-safe.
 */
final class GroupOverage {

    private static final System.Logger LOG = ApplicationLog.of(GroupOverage.class);

    private final List<ClaimPath> paths;
    private final OncePerMinute line;

    GroupOverage(List<ClaimPath> paths, Clock clock) {
        this.paths = paths;
        this.line = new OncePerMinute(clock);
    }

    void notice(ValidatedToken token) {
        for (ClaimPath path : paths) {
            if (isLeftOut(path, token) && line.mayTell()) {
                LOG.log(
                        WARNING,
                        "GATE0604 a token of issuer \"{0}\" lists no \"{1}\", because its caller is in too many: he has"
                                + " no roles from there. Use app roles, or let the server issue only the groups that are"
                                + " assigned to this application",
                        token.issuer().name(),
                        path.text());
            }
        }
    }

    private static boolean isLeftOut(ClaimPath path, ValidatedToken token) {
        boolean distributed = token.claims().value("_claim_names").orElse(null) instanceof Map<?, ?> names
                && names.containsKey(path.text());
        boolean hinted = path.text().equals("groups")
                && Boolean.TRUE.equals(token.claims().value("hasgroups").orElse(null));
        return (distributed || hinted) && token.claims().value(path.text()).isEmpty();
    }
}
