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
 * @param challenges one line of {@code WWW-Authenticate} each: clients that know one scheme only read the first challenge
 *     of a line
 * @param detail one sentence for the body; a constant
 * @param retryAfter when another attempt makes sense; null where it makes none
 */
public record Refusal(
        int status,
        List<String> challenges,
        String detail,
        @Nullable Duration retryAfter) {

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
    }

    /** 401 for a caller who presented nothing (RFC 6750 §3.1). */
    public static Refusal credentialsNeeded(BearerChallenge challenge) {
        return challenging(401, challenge.plain(), CREDENTIALS_NEEDED);
    }

    /** 401 for a caller who presented nothing, and whose token will need these scopes. */
    public static Refusal credentialsNeeded(BearerChallenge challenge, List<String> scopes) {
        return challenging(401, challenge.plain(scopes), CREDENTIALS_NEEDED);
    }

    /** 401 for a token that is refused. */
    public static Refusal invalidToken(BearerChallenge challenge, InvalidTokenReason reason) {
        return challenging(401, challenge.invalidToken(reason), reason.description());
    }

    /**
     * 400 for a request that is not well-formed.
     *
     * @param problem one sentence, a constant
     */
    public static Refusal invalidRequest(BearerChallenge challenge, String problem) {
        return challenging(400, challenge.invalidRequest(problem), problem);
    }

    /** 403 for a caller who has none of the roles. */
    public static Refusal roleMissing(BearerChallenge challenge) {
        return challenging(403, challenge.insufficientScope(ROLE_MISSING, List.of()), ROLE_MISSING);
    }

    /** 403 for a caller whose token lacks one of these scopes. */
    public static Refusal scopeMissing(BearerChallenge challenge, List<String> scopes) {
        return challenging(403, challenge.insufficientScope(SCOPE_MISSING, scopes), SCOPE_MISSING);
    }

    /** 401 for a user who has to log in again: with one of these values of {@code acr}, or not longer ago than this. */
    public static Refusal authenticationTooWeak(
            BearerChallenge challenge, List<String> acrValues, @Nullable Duration maximumAge) {
        return challenging(
                401,
                challenge.insufficientAuthentication(AUTHENTICATION_TOO_WEAK, acrValues, maximumAge),
                AUTHENTICATION_TOO_WEAK);
    }

    /**
     * 403 without a challenge: no other credential would help, or nothing is to be said about which one would.
     *
     * @param detail one sentence, a constant
     */
    public static Refusal forbidden(String detail) {
        return new Refusal(403, List.of(), detail, null);
    }

    /** 503 without a challenge: the token may be good, and is worth another try. */
    public static Refusal unavailable(Duration retryAfter) {
        return new Refusal(503, List.of(), UNAVAILABLE, retryAfter);
    }

    /** 429 without a challenge: another attempt now would not be heard. The time is rounded up, or it would come too early. */
    public static Refusal tooManyRequests(Duration retryAfter) {
        return new Refusal(429, List.of(), TOO_MANY, retryAfter.plusNanos(999_999_999));
    }

    private static Refusal challenging(int status, String challenge, String detail) {
        return new Refusal(status, List.of(challenge), detail, null);
    }

    /** This refusal with one more challenge, if it challenges at all. */
    public Refusal offering(String furtherChallenge) {
        if (challenges.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(challenges);
        more.add(furtherChallenge);
        return new Refusal(status, more, detail, retryAfter);
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
