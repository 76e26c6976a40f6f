package io.gatehouse.refusal;

import io.gatehouse.json.JsonWriter;
import io.gatehouse.token.InvalidTokenReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that ends a request: status, headers, and a body for clients that accept one. It holds nothing of the token.
 * Immutable.
 *
 * @param code what it is called where operators look: not in the answer itself
 * @param challenges one line of {@code WWW-Authenticate} each: clients that know one scheme only read the first challenge
 *     of a line
 * @param detail one sentence for the body; a constant
 * @param asked names of the roles, scopes or permissions that the resource asks for; for operators, not in the body
 * @param retryAfter when another attempt makes sense; null where it makes none
 * @param correlationId tells this one answer from all others, in the body and in the log; null where nobody took note
 *     of it yet
 */
public record Refusal(
        RefusalCode code,
        int status,
        List<String> challenges,
        String detail,
        List<String> asked,
        @Nullable Duration retryAfter,
        @Nullable String correlationId) {

    /** RFC 9457 §3: the type of {@link #body}. */
    public static final String BODY_TYPE = "application/problem+json";

    private static final String CREDENTIALS_NEEDED = "credentials are required";
    private static final String UNAVAILABLE = "it cannot be found out at the moment who calls, or what he may do";
    private static final String TOO_MANY = "too many attempts failed";
    private static final String ROLE_MISSING = "the caller has none of the roles that are allowed here";
    private static final String SCOPE_MISSING = "the token lacks a scope that is required here";
    private static final String AUTHENTICATION_TOO_WEAK = "the user has to log in again, or in another way";

    public Refusal {
        challenges = List.copyOf(challenges);
        asked = List.copyOf(asked);
    }

    /** One that a check of the application makes. */
    public Refusal(int status, List<String> challenges, String detail, @Nullable Duration retryAfter) {
        this(RefusalCode.APPLICATION, status, challenges, detail, List.of(), retryAfter, null);
    }

    /** 401 for a caller who presented nothing (RFC 6750 §3.1). */
    public static Refusal credentialsNeeded(BearerChallenge challenge) {
        return challenging(RefusalCode.CREDENTIALS_NEEDED, 401, challenge.plain(), CREDENTIALS_NEEDED);
    }

    /** 401 for a caller who presented nothing, and whose token will need these scopes. */
    public static Refusal credentialsNeeded(BearerChallenge challenge, List<String> scopes) {
        return challenging(RefusalCode.CREDENTIALS_NEEDED, 401, challenge.plain(scopes), CREDENTIALS_NEEDED);
    }

    /** 401 for a token that is refused. */
    public static Refusal invalidToken(BearerChallenge challenge, InvalidTokenReason reason) {
        return challenging(RefusalCode.of(reason), 401, challenge.invalidToken(reason), reason.description());
    }

    /** 401 for a name and a password that are refused: as for a caller who presented nothing. */
    public static Refusal wrongPassword(BearerChallenge challenge) {
        return challenging(RefusalCode.BASIC, 401, challenge.plain(), CREDENTIALS_NEEDED);
    }

    /**
     * 400 for a request that is not well-formed.
     *
     * @param problem one sentence, a constant
     */
    public static Refusal invalidRequest(BearerChallenge challenge, String problem) {
        return invalidRequest(challenge, RefusalCode.REQUEST_MALFORMED, problem);
    }

    /** The same, where there is a code of its own for the problem. */
    public static Refusal invalidRequest(BearerChallenge challenge, RefusalCode code, String problem) {
        return challenging(code, 400, challenge.invalidRequest(problem), problem);
    }

    /** 403 for a caller who lacks a role. */
    public static Refusal roleMissing(BearerChallenge challenge) {
        return roleMissing(challenge, List.of());
    }

    /** 403 for a caller who has none of these roles. */
    public static Refusal roleMissing(BearerChallenge challenge, List<String> roles) {
        return challenging(RefusalCode.ROLE, 403, challenge.insufficientScope(ROLE_MISSING, List.of()), ROLE_MISSING)
                .asking(roles);
    }

    /** 403 for a caller whose token lacks one of these scopes. */
    public static Refusal scopeMissing(BearerChallenge challenge, List<String> scopes) {
        return challenging(RefusalCode.SCOPE, 403, challenge.insufficientScope(SCOPE_MISSING, scopes), SCOPE_MISSING)
                .asking(scopes);
    }

    /** 401 for a user who has to log in again: with one of these values of {@code acr}, or not longer ago than this. */
    public static Refusal authenticationTooWeak(
            BearerChallenge challenge, List<String> acrValues, @Nullable Duration maximumAge) {
        return challenging(
                        RefusalCode.LOGIN,
                        401,
                        challenge.insufficientAuthentication(AUTHENTICATION_TOO_WEAK, acrValues, maximumAge),
                        AUTHENTICATION_TOO_WEAK)
                .asking(acrValues);
    }

    /**
     * 403 without a challenge: no other credential would help, or nothing is to be said about which one would. For checks
     * of the application.
     *
     * @param detail one sentence, a constant
     */
    public static Refusal forbidden(String detail) {
        return forbidden(RefusalCode.APPLICATION, detail);
    }

    /** The same, for a reason of ours. */
    public static Refusal forbidden(RefusalCode code, String detail) {
        return new Refusal(code, 403, List.of(), detail, List.of(), null, null);
    }

    /** 503 without a challenge: the token may be good, and is worth another try once its issuer can be reached. */
    public static Refusal unavailable(Duration retryAfter) {
        return unavailable(RefusalCode.ISSUER_UNAVAILABLE, retryAfter);
    }

    /** The same, where it is something else that cannot be reached or does not work. */
    public static Refusal unavailable(RefusalCode code, Duration retryAfter) {
        return new Refusal(code, 503, List.of(), UNAVAILABLE, List.of(), retryAfter, null);
    }

    /** 429 without a challenge: another attempt now would not be heard. The time is rounded up, or it would come too early. */
    public static Refusal tooManyRequests(Duration retryAfter) {
        Duration roundedUp = retryAfter.plusNanos(999_999_999);
        return new Refusal(RefusalCode.ATTEMPTS, 429, List.of(), TOO_MANY, List.of(), roundedUp, null);
    }

    private static Refusal challenging(RefusalCode code, int status, String challenge, String detail) {
        return new Refusal(code, status, List.of(challenge), detail, List.of(), null, null);
    }

    /** This refusal, saying to operators what was asked for. */
    public Refusal asking(List<String> names) {
        return new Refusal(code, status, challenges, detail, names, retryAfter, correlationId);
    }

    /** This refusal as the answer to one request. */
    public Refusal identifiedBy(String id) {
        return new Refusal(code, status, challenges, detail, asked, retryAfter, id);
    }

    /** This refusal with one more challenge, if it challenges at all. */
    public Refusal offering(String furtherChallenge) {
        if (challenges.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(challenges);
        more.add(furtherChallenge);
        return new Refusal(code, status, more, detail, asked, retryAfter, correlationId);
    }

    /** The headers but that of the body's type. No cache may keep the answer for the next caller. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (!challenges.isEmpty()) {
            headers.put("WWW-Authenticate", challenges);
        }
        if (retryAfter != null) {
            headers.put("Retry-After", List.of(Long.toString(Math.max(1, retryAfter.toSeconds()))));
        }
        headers.put("Cache-Control", List.of("no-store"));
        return headers;
    }

    /**
     * The body as a problem document (RFC 9457), if the client accepts that.
     *
     * @param accept the value of {@code Accept}; null where the client did not say
     */
    public Optional<String> body(@Nullable String accept) {
        return AcceptHeader.accepts(accept, BODY_TYPE) ? Optional.of(problem()) : Optional.empty();
    }

    private String problem() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title());
        members.put("status", status);
        members.put("detail", detail);
        if (correlationId != null) {
            members.put("correlation_id", correlationId);
        }
        return JsonWriter.write(members);
    }

    /** RFC 9457 §4.2.1: of a problem without a type, the title is that of the status. */
    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            default -> "Service Unavailable";
        };
    }
}
