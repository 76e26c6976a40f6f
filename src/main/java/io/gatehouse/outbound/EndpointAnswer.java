package io.gatehouse.outbound;

import io.gatehouse.http.FetchResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.outbound.TokenEndpoints.Endpoint;
import io.gatehouse.outbound.TokenResult.ClientRejected;
import io.gatehouse.outbound.TokenResult.Failed;
import io.gatehouse.outbound.TokenResult.GrantRejected;
import io.gatehouse.outbound.TokenResult.Unreachable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answered, and what is needed to say in one sentence why that helps nobody.
 *
 * @param uri whom was asked; null where it is not known
 * @param begunAt when the last attempt was
 */
record EndpointAnswer(Endpoint endpoint, @Nullable URI uri, Instant begunAt, FetchResult result, SentSecrets secrets) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_DESCRIPTION = 300;

    /** Of RFC 6749 §5.2, RFC 7009 §2.2.1, RFC 8693 §2.2.2, RFC 8628 §3.5 and OpenID Connect. */
    private static final Set<String> REGISTERED = Set.of(
            "access_denied",
            "authorization_pending",
            "consent_required",
            "expired_token",
            "interaction_required",
            "invalid_client",
            "invalid_grant",
            "invalid_request",
            "invalid_scope",
            "invalid_target",
            "login_required",
            "slow_down",
            "temporarily_unavailable",
            "unauthorized_client",
            "unsupported_grant_type",
            "unsupported_token_type");

    /** RFC 6749 §5.2, and not as long as somebody may like. */
    private static final Pattern CODE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,80}");

    /** The body of an answer with status 200, or what anything else comes to. */
    <T> T match(Function<? super byte[], ? extends T> ok, Function<? super Failed, ? extends T> failed) {
        return result.<T>match(
                answered -> ok.apply(answered.body()),
                refused -> failed.apply(refused(refused)),
                unreachable -> failed.apply(unreachable(unreachable)));
    }

    private Failed refused(FetchResult.Refused refused) {
        int status = refused.status();
        String error = error(refused);
        String said = "answered " + status + (error == null ? "" : " " + error);
        if (status == UNAUTHORIZED || "invalid_client".equals(error) || isOurs(status, error)) {
            return new ClientRejected(problem(said + ": our own credentials were not taken"));
        }
        if (error != null && status >= BAD_REQUEST && status < SERVER_ERROR && status != TOO_MANY_REQUESTS) {
            return new GrantRejected(problem(said), error, description(refused));
        }
        String redirect = status < BAD_REQUEST && status >= 300
                ? ": redirects are not followed, check the URL to its last slash"
                : "";
        return new Unreachable(problem(said + redirect), refused.retryAfter());
    }

    /** Introspection endpoints that know no 401 (Django OAuth Toolkit): the token asked about is never the reason. */
    private boolean isOurs(int status, @Nullable String error) {
        return endpoint == Endpoint.INTROSPECTION && status == FORBIDDEN && error == null;
    }

    private Failed unreachable(FetchResult.Unreachable unreachable) {
        String reason = unreachable.problem();
        return new Unreachable(problem(": " + reason), null);
    }

    /** An answer that says too little, or what cannot be. */
    Failed unreadable(String reason) {
        return new Unreachable(problem("gave an answer that cannot be read: " + reason), null);
    }

    private String problem(String what) {
        String at = uri == null ? "" : " at " + origin(uri);
        return "the " + endpoint.title() + at + (what.startsWith(":") ? "" : " ") + what;
    }

    /** The rest of a URL may be nobody's business. */
    private static String origin(URI uri) {
        if (uri.getHost() == null) {
            return "an unusable URL";
        }
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private @Nullable String error(FetchResult.Refused refused) {
        return members(refused).get("error") instanceof String code && isShowable(code) ? code : null;
    }

    /** A code of a standard gives nothing away, even where a secret is a part of that word. */
    private boolean isShowable(String code) {
        return REGISTERED.contains(code)
                || (CODE.matcher(code).matches() && secrets.hide(code).equals(code));
    }

    private @Nullable String description(FetchResult.Refused refused) {
        if (!(members(refused).get("error_description") instanceof String sent)) {
            return null;
        }
        String line = secrets.hide(sent).replaceAll("\\p{C}", "?");
        return line.length() <= LONGEST_DESCRIPTION ? line : line.substring(0, LONGEST_DESCRIPTION) + "...";
    }

    private static Map<String, Object> members(FetchResult.Refused refused) {
        return JsonParser.parseObject(refused.body()).match(parsed -> parsed.members(), malformed -> Map.of());
    }
}
