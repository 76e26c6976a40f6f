package io.gatehouse.basic;

import java.nio.CharBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The users that are written down in the configuration. A name that is not among them costs as much work as one that
 * is. Thread-safe.
 */
public final class ConfiguredUsers {

    private static final PasswordResult REFUSED = new PasswordResult.Refused();

    private final Map<String, ConfiguredUser> users;
    private final List<PasswordHash> hashes;
    private final HashingTurns turns;
    private final RecentlyAccepted recent;
    private final KeyedDigest digest = new KeyedDigest();

    public ConfiguredUsers(Map<String, ConfiguredUser> users, Clock clock) {
        this(users, HashingTurns.of(hashes(users), clock), clock);
    }

    ConfiguredUsers(Map<String, ConfiguredUser> users, HashingTurns turns, Clock clock) {
        this.users = Map.copyOf(users);
        this.hashes = hashes(this.users);
        this.turns = turns;
        this.recent = new RecentlyAccepted(clock);
    }

    private static List<PasswordHash> hashes(Map<String, ConfiguredUser> users) {
        return users.values().stream()
                .map(ConfiguredUser::password)
                .filter(PasswordHash.class::isInstance)
                .map(PasswordHash.class::cast)
                .toList();
    }

    /** How many right names and passwords are remembered; an estimate. */
    public long remembered() {
        return recent.size();
    }

    public boolean isEmpty() {
        return users.isEmpty();
    }

    /**
     * Decides about a name and a password; may wait for its turn, and give up, where many are to be decided about.
     *
     * @param sameHost whether they came from this very machine: passwords that are written down as they are serve there
     *     only
     */
    public PasswordResult check(String name, char[] password, boolean sameHost) {
        ConfiguredUser user = users.get(name);
        if (user != null && user.password() instanceof StoredPassword.Plain plain) {
            return plain.verify(password) && sameHost ? accepted(name, user) : REFUSED;
        }
        return recent.get(
                name,
                CharBuffer.wrap(password),
                () -> turns.take(() -> verify(name, user, password)),
                CompletableFuture::join); // hashing ends by itself
    }

    private PasswordResult verify(String name, @Nullable ConfiguredUser user, char[] password) {
        if (user == null) {
            waste(name, password);
            return REFUSED;
        }
        return user.password().verify(password) ? accepted(name, user) : REFUSED;
    }

    /** The hash of some user, always the same one for a name: so also its kind and cost tell nothing. */
    private void waste(String name, char[] password) {
        if (!hashes.isEmpty()) {
            boolean ignored = hashes.get(digest.indexOf(name, hashes.size())).verify(password);
        }
    }

    private static PasswordResult accepted(String name, ConfiguredUser user) {
        return new PasswordResult.Accepted(name, user.groups());
    }

    @Override
    public String toString() {
        return "ConfiguredUsers[" + users.size() + "]";
    }
}
