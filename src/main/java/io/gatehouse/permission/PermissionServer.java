package io.gatehouse.permission;

import io.gatehouse.guard.Bulkhead;
import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonBody;
import io.gatehouse.http.JsonHttpClient;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server that knows who may do what, and everything that is asked of it: decisions, and roles where it has them.
 * Making one does no I/O.
 *
 * <p>Thread-safe.
 */
public final class PermissionServer {

    private final RemoteDecider decider;
    private final @Nullable RolesOnServer roles;

    private PermissionServer(RemoteDecider decider, @Nullable RolesOnServer roles) {
        this.decider = decider;
        this.roles = roles;
    }

    /**
     * A server that is asked with this client.
     *
     * @param client for this server alone, so that one that stalls takes no connection from others
     */
    public static PermissionServer of(PermissionSettings settings, JsonHttpClient client, Clock clock) {
        return of(
                settings,
                over(client),
                Bulkhead.of(settings.limits().ofThreads(), clock),
                RetryPolicy.of(
                        settings.provider() == PermissionSettings.Provider.AUTHRESS
                                ? Authress.ATTEMPTS
                                : AuthZen.ATTEMPTS,
                        settings.limits().deadline(),
                        clock),
                clock);
    }

    static PermissionServer of(
            PermissionSettings settings, Wire wire, Bulkhead bulkhead, RetryPolicy retries, Clock clock) {
        GuardedServer server =
                new GuardedServer(settings.asker(), settings.limits(), bulkhead, new ServerLog(settings.url(), clock));
        KnownSubjects subjects = new KnownSubjects(settings.subjects());
        String url = settings.url().toString().replaceFirst("/+$", "");
        if (settings.provider() == PermissionSettings.Provider.AUTHZEN) {
            Dialect dialect =
                    new AuthZen(url, settings.subjects().type(), settings.resourceType(), wire, server, retries);
            return new PermissionServer(decider(dialect, subjects, settings, clock), null);
        }
        Authress authress = new Authress(url, wire, server, retries);
        RolesOnServer roles = settings.roles() == null
                ? null
                : new RolesOnServer(authress, subjects, settings.asker(), settings.roles(), clock);
        return new PermissionServer(decider(authress, subjects, settings, clock), roles);
    }

    private static RemoteDecider decider(
            Dialect dialect, KnownSubjects subjects, PermissionSettings settings, Clock clock) {
        return new RemoteDecider(dialect, subjects, settings.asker(), settings.cache(), clock);
    }

    static Wire over(JsonHttpClient client) {
        return new Wire() {
            @Override
            public FetchResult get(URI uri, Map<String, String> headers, BooleanSupplier wanted) {
                return client.get(uri, headers, wanted);
            }

            @Override
            public FetchResult post(URI uri, JsonBody json, Map<String, String> headers, BooleanSupplier wanted) {
                return client.post(uri, json, headers, wanted);
            }
        };
    }

    /** How many answers of the server are remembered; an estimate. */
    public long remembered() {
        return decider.remembered() + (roles == null ? 0 : roles.remembered());
    }

    /** Decides about permissions. */
    public PermissionDecider decider() {
        return decider;
    }

    /** Says which roles callers have; empty where none are to be asked for. */
    public Optional<RolesOnServer> roles() {
        return Optional.ofNullable(roles);
    }
}
