package io.gatehouse.mpjwt;

import io.gatehouse.log.ApplicationLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.auth.LoginConfig;

/**
 * What the application's {@code @LoginConfig} annotations say. A module in the application guards it in any case, so all
 * that is left to choose is the name of the realm.
 *
 * <p>Used by one thread, while the application is deployed.
 */
final class LoginConfigs {

    private static final Logger LOG = ApplicationLog.of(LoginConfigs.class);
    private static final String OTHER_METHOD =
            "GATE0502 @LoginConfig on {0} asks for the method {1}, which has no effect:"
                    + " the application is guarded by bearer tokens (MP-JWT)";
    private static final String TWO_REALMS = "GATE0503 @LoginConfig names more than one realm, so none is used: {0}";

    private static final String METHOD = "MP-JWT";

    private final Set<String> realms = new TreeSet<>();

    void seen(Class<?> application, LoginConfig config) {
        if (!config.authMethod().equals(METHOD)) {
            LOG.log(Level.WARNING, OTHER_METHOD, application.getName(), config.authMethod());
        }
        if (!config.realmName().isBlank()) {
            realms.add(config.realmName());
        }
    }

    /** The realm, if there is exactly one. */
    Optional<String> realmName() {
        if (realms.size() > 1) {
            LOG.log(Level.WARNING, TWO_REALMS, realms);
            return Optional.empty();
        }
        return realms.stream().findAny();
    }
}
