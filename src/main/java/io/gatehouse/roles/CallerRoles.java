package io.gatehouse.roles;

import static java.lang.System.Logger.Level.ERROR;

import io.gatehouse.log.ApplicationLog;
import io.gatehouse.token.ValidatedToken;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** All roles of a caller: those of the configuration, and those that the application's own mappers add. Thread-safe. */
public final class CallerRoles {

    private static final System.Logger LOG = ApplicationLog.of(CallerRoles.class);

    private final RoleMapper configured;
    private final Supplier<? extends List<? extends RoleMapper>> further;
    private final OncePerMinute line;

    private CallerRoles(RoleMapper configured, Supplier<? extends List<? extends RoleMapper>> further, Clock clock) {
        this.configured = configured;
        this.further = further;
        this.line = new OncePerMinute(clock);
    }

    /** The roles of both; the application's mappers are asked for with each token. */
    public static CallerRoles of(
            RoleMapper configured, Supplier<? extends List<? extends RoleMapper>> further, Clock clock) {
        return new CallerRoles(configured, further, clock);
    }

    /**
     * The roles of the caller whose token this is; unmodifiable.
     *
     * @throws RolesUnavailableException if a mapper of the application fails: without its roles the caller could be refused
     *     what he may have, and nobody would know why
     */
    public Set<String> roles(ValidatedToken token) {
        List<? extends RoleMapper> mappers = mappers();
        Set<String> roles = configured.roles(token);
        if (mappers.isEmpty()) {
            return roles;
        }
        Set<String> all = new LinkedHashSet<>(roles);
        mappers.forEach(mapper -> addAll(mapper, token, all));
        return Collections.unmodifiableSet(all);
    }

    @SuppressWarnings("IllegalCatch") // the application's code may fail in any way
    private List<? extends RoleMapper> mappers() {
        try {
            return further.get();
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            throw unavailable(RoleMapper.class, broken);
        }
    }

    /** The application's names are looked at like those of a token: they may come from where callers write. */
    @SuppressWarnings("IllegalCatch")
    private void addAll(RoleMapper mapper, ValidatedToken token, Set<String> all) {
        try {
            for (String role : mapper.roles(token)) {
                if (RoleName.isPlain(role)) {
                    all.add(role);
                }
            }
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            throw unavailable(mapper.getClass(), broken);
        }
    }

    /** The place and not the message, which could quote the token. */
    private RolesUnavailableException unavailable(Class<?> mapper, Throwable broken) {
        if (line.mayTell()) {
            StackTraceElement[] frames = broken.getStackTrace();
            LOG.log(
                    ERROR,
                    "GATE0605 the application''s {0} fails, callers get 503: {1} at {2}",
                    mapper.getName(),
                    broken.getClass().getName(),
                    frames.length == 0 ? "unknown" : frames[0]);
        }
        return new RolesUnavailableException(broken);
    }
}
