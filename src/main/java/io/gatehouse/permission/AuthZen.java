package io.gatehouse.permission;

import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonBody;
import io.gatehouse.json.JsonWriter;
import io.gatehouse.token.ValidatedToken;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a policy decision point by the Authorization API 1.0 (AuthZEN): {@code POST /access/v1/evaluation} for one
 * question, {@code POST /access/v1/evaluations} for several.
 *
 * <p>Thread-safe.
 */
final class AuthZen implements Dialect {

    /** A POST is sent once. */
    static final int ATTEMPTS = 1;

    /** Questions in one request; more go in several. */
    static final int MOST_AT_ONCE = 50;

    private static final PermissionDecision ALLOWED = new PermissionDecision.Allowed();
    private static final PermissionDecision DENIED = new PermissionDecision.Denied();

    private final String url;
    private final String subjectType;
    private final String resourceType;
    private final Wire wire;
    private final GuardedServer server;
    private final RetryPolicy retries;

    AuthZen(String url, String subjectType, String resourceType, Wire wire, GuardedServer server, RetryPolicy retries) {
        this.url = url;
        this.subjectType = subjectType;
        this.resourceType = resourceType;
        this.wire = wire;
        this.server = server;
        this.retries = retries;
    }

    @Override
    public List<PermissionDecision> decide(String subject, ValidatedToken caller, List<Permission> permissions) {
        List<PermissionDecision> decisions = new ArrayList<>();
        for (int from = 0; from < permissions.size(); from += MOST_AT_ONCE) {
            List<Permission> some = permissions.subList(from, Math.min(permissions.size(), from + MOST_AT_ONCE));
            decisions.addAll(some.size() == 1 ? one(subject, caller, some.get(0)) : several(subject, caller, some));
        }
        return List.copyOf(decisions);
    }

    private List<PermissionDecision> one(String subject, ValidatedToken caller, Permission permission) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("subject", subject(subject));
        question.putAll(question(permission));
        return ask("/access/v1/evaluation", question, caller, AuthZen::readOne, 1);
    }

    /** Each is evaluated whatever becomes of the others: that is the default ({@code execute_all}). */
    private List<PermissionDecision> several(String subject, ValidatedToken caller, List<Permission> permissions) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("subject", subject(subject));
        question.put("evaluations", permissions.stream().map(this::question).toList());
        int count = permissions.size();
        return ask("/access/v1/evaluations", question, caller, ok -> readSeveral(ok, count), count);
    }

    private Map<String, Object> subject(String name) {
        return ordered("type", subjectType, "id", name);
    }

    private Map<String, Object> question(Permission permission) {
        String type = permission.resourceType().isEmpty() ? resourceType : permission.resourceType();
        return ordered(
                "action",
                Map.of("name", permission.action()),
                "resource",
                ordered("type", type, "id", permission.resource()));
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object other) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(first, one);
        members.put(second, other);
        return members;
    }

    private List<PermissionDecision> ask(
            String path,
            Map<String, Object> question,
            ValidatedToken caller,
            Reading.Reader<List<PermissionDecision>> reader,
            int count) {
        URI uri = URI.create(url + path);
        JsonBody body = JsonBody.of(JsonWriter.write(question));
        return server.ask(caller, (headers, wanted) -> wire.post(uri, body, headers, wanted), reader, retries)
                .match(decisions -> decisions, wait -> unavailable(new PermissionDecision.Unavailable(wait), count));
    }

    private static List<PermissionDecision> unavailable(PermissionDecision.Unavailable unavailable, int count) {
        return Collections.nCopies(count, unavailable);
    }

    private static Reading<List<PermissionDecision>> readOne(FetchResult.Ok ok) {
        PermissionDecision decision = decision(object(ok));
        return decision == null
                ? Reading.senseless("what it answers has no decision")
                : new Reading.Understood<>(List.of(decision));
    }

    private static Reading<List<PermissionDecision>> readSeveral(FetchResult.Ok ok, int count) {
        Map<String, Object> answer = object(ok);
        if (answer == null
                || !(answer.get("evaluations") instanceof List<?> evaluations)
                || evaluations.size() != count) {
            return Reading.senseless("what it answers has not as many decisions as were asked for");
        }
        List<PermissionDecision> decisions = new ArrayList<>();
        for (Object evaluation : evaluations) {
            PermissionDecision decision = decision(evaluation);
            if (decision == null) {
                return Reading.senseless("what it answers has no decision");
            }
            decisions.add(decision);
        }
        return new Reading.Understood<>(List.copyOf(decisions));
    }

    /** JSON under another name may be anything, such as an error that somebody shows. */
    private static @Nullable Map<String, Object> object(FetchResult.Ok ok) {
        String type = ok.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") ? Reading.object(ok) : null;
    }

    /** Null for anything but true and false. */
    private static @Nullable PermissionDecision decision(@Nullable Object evaluation) {
        if (evaluation instanceof Map<?, ?> members && members.get("decision") instanceof Boolean decision) {
            return decision ? ALLOWED : DENIED;
        }
        return null;
    }
}
