package io.gatehouse.permission;

import io.gatehouse.http.FetchResult;
import io.gatehouse.token.ValidatedToken;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Speaks to Authress: {@code GET /v1/users/{user}/resources/{resource}/permissions/{permission}} and {@code …/roles}, each
 * part of the path percent-encoded with its slashes.
 *
 * <p>Thread-safe.
 */
final class Authress implements Dialect {

    /** The first attempt and five more: a GET changes nothing. */
    static final int ATTEMPTS = 6;

    /** The status that says that a user has no such permission, or is not known. */
    static final int NO = 404;

    private static final int LONGEST_USER = 128;
    private static final int LONGEST_RESOURCE = 512;
    private static final int LONGEST_PERMISSION = 64;

    private static final PermissionDecision ALLOWED = new PermissionDecision.Allowed();
    private static final PermissionDecision DENIED = new PermissionDecision.Denied();

    private final String url;
    private final Wire wire;
    private final GuardedServer server;
    private final RetryPolicy retries;

    Authress(String url, Wire wire, GuardedServer server, RetryPolicy retries) {
        this.url = url;
        this.wire = wire;
        this.server = server;
        this.retries = retries;
    }

    /** One after the other; once there is no answer, no further one is waited for. */
    @Override
    public List<PermissionDecision> decide(String subject, ValidatedToken caller, List<Permission> permissions) {
        List<PermissionDecision> decisions = new ArrayList<>();
        for (Permission permission : permissions) {
            PermissionDecision last = decisions.isEmpty() ? DENIED : decisions.get(decisions.size() - 1);
            decisions.add(last instanceof PermissionDecision.Unavailable ? last : decide(subject, caller, permission));
        }
        return List.copyOf(decisions);
    }

    /** What Authress cannot have in a path, nobody has a permission for. */
    private PermissionDecision decide(String subject, ValidatedToken caller, Permission permission) {
        Optional<URI> uri = segment(permission.action(), LONGEST_PERMISSION)
                .flatMap(action -> resource(subject, permission.resource(), "permissions/" + action));
        return uri.isEmpty()
                ? DENIED
                : ask(uri.get(), caller, new PermissionReader())
                        .match(decision -> decision, PermissionDecision.Unavailable::new);
    }

    /** The ids of the roles that the caller has on a resource. */
    Answer<Set<String>> roles(String subject, ValidatedToken caller, String resource) {
        Optional<URI> uri = resource(subject, resource, "roles");
        return uri.isEmpty() ? new Answer.Given<>(Set.of()) : ask(uri.get(), caller, new RolesReader(subject));
    }

    private <T> Answer<T> ask(URI uri, ValidatedToken caller, Reading.Reader<T> reader) {
        return server.ask(caller, (headers, wanted) -> wire.get(uri, headers, wanted), reader, retries);
    }

    private Optional<URI> resource(String subject, String resource, String what) {
        return segment(subject, LONGEST_USER).flatMap(user -> segment(resource, LONGEST_RESOURCE)
                .map(encoded -> URI.create(url + "/v1/users/" + user + "/resources/" + encoded + "/" + what)));
    }

    private static Optional<String> segment(String text, int maximumLength) {
        return text.length() > maximumLength ? Optional.empty() : PercentEncoding.STRICT.segment(text);
    }

    /**
     * 200 means yes, whatever JSON comes with it; but the page of a portal or of another application is no answer. 404
     * means that the user lacks the permission; 401 and 403 are about whoever asks.
     */
    private static final class PermissionReader implements Reading.Reader<PermissionDecision> {
        @Override
        public Reading<PermissionDecision> ok(FetchResult.Ok ok) {
            return ok.body().length == 0 || Reading.object(ok) != null
                    ? new Reading.Understood<>(ALLOWED)
                    : Reading.senseless("what it answers is no JSON object");
        }

        @Override
        public Optional<Reading<PermissionDecision>> refused(int status) {
            return status == NO ? Optional.of(new Reading.Understood<>(DENIED)) : Optional.empty();
        }
    }

    /** {@code {"userId":"…","roles":[{"roleId":"…"}]}}; a user without any may not be known at all (404). */
    private record RolesReader(String subject) implements Reading.Reader<Set<String>> {
        @Override
        public Reading<Set<String>> ok(FetchResult.Ok ok) {
            Map<String, Object> answer = Reading.object(ok);
            if (answer == null || !(answer.get("roles") instanceof List<?> elements)) {
                return Reading.senseless("what it answers has no list of roles");
            }
            if (answer.get("userId") instanceof String user && !user.equals(subject)) {
                return Reading.senseless("it answers about another user");
            }
            Set<String> roles = new HashSet<>();
            for (Object element : elements) {
                if (!(element instanceof Map<?, ?> role) || !(role.get("roleId") instanceof String id)) {
                    return Reading.senseless("what it answers has a role without an id");
                }
                roles.add(id);
            }
            return new Reading.Understood<>(Set.copyOf(roles));
        }

        @Override
        public Optional<Reading<Set<String>>> refused(int status) {
            return status == NO ? Optional.of(new Reading.Understood<>(Set.of())) : Optional.empty();
        }
    }
}
