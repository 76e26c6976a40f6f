package io.gatehouse.config;

import io.gatehouse.basic.ClientSettings;
import io.gatehouse.basic.ConfiguredUser;
import io.gatehouse.basic.FailureLimits;
import io.gatehouse.basic.StoredPassword;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Basic credentials are taken.
 *
 * @param clients null where no token endpoint is asked
 */
record BasicSettings(
        Map<String, ConfiguredUser> users, @Nullable ClientSettings clients, FailureLimits limits) {

    BasicSettings {
        users = Map.copyOf(users);
    }

    boolean hasPlainPasswords() {
        return users.values().stream().anyMatch(user -> user.password() instanceof StoredPassword.Plain);
    }
}
