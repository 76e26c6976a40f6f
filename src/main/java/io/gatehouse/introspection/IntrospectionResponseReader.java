package io.gatehouse.introspection;

import io.gatehouse.http.FetchResult;
import io.gatehouse.json.JsonNull;
import io.gatehouse.json.JsonParseResult;
import io.gatehouse.json.JsonParser;
import io.gatehouse.token.ClaimsSet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of an introspection endpoint (RFC 7662 §2.2, RFC 9701 §5). Alive is only what HTTP 200, a JSON object
 * and {@code "active": true} say together. Stateless and thread-safe.
 */
final class IntrospectionResponseReader {

    private static final String SIGNED_TYPE = "application/token-introspection+jwt";

    /** Answers that are older than this were made for somebody else, or by a clock that is wrong. */
    private static final Duration SIGNED_ANSWER_AGE = Duration.ofMinutes(5);

    /** Errors that are about the token and not about us: oidc-provider answers so to anything that looks like a JWT. */
    private static final Set<String> TOKEN_ERRORS = Set.of("unsupported_token_type", "invalid_token");

    /** Content too large, URI too long, content not processable, header fields too large (RFC 9110 §15.5, RFC 6585 §5). */
    private static final Set<Integer> REQUEST_STATUSES = Set.of(413, 414, 422, 431);

    /** Some servers write the dates of RFC 7662 as strings of digits. */
    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");

    private static final Set<String> DATES = Set.of("exp", "nbf", "iat");

    /** Members whose null is no absence: a server that says nothing about them leaves them out. */
    private static final Set<String> NULL_IS_MALFORMED =
            Set.of("exp", "nbf", "iat", "iss", "aud", "cnf", "token_type", "active");

    private final @Nullable SignedAnswers signedAnswers;
    private final Clock clock;

    IntrospectionResponseReader(@Nullable SignedAnswers signedAnswers, Clock clock) {
        this.signedAnswers = signedAnswers;
        this.clock = clock;
    }

    /** The media type to ask for. */
    String accept() {
        return signedAnswers == null ? "application/json" : SIGNED_TYPE;
    }

    IntrospectionResponse read(FetchResult result) {
        return result.match(
                this::readAnswer,
                IntrospectionResponseReader::readRefusal,
                unreachable -> new IntrospectionResponse.Failed(unreachable.problem(), null));
    }

    private IntrospectionResponse readAnswer(FetchResult.Ok answer) {
        String mediaType = mediaType(answer.contentType());
        if (signedAnswers != null) {
            return mediaType.equals(SIGNED_TYPE)
                    ? readSigned(signedAnswers, new String(answer.body(), StandardCharsets.ISO_8859_1))
                    : failed("it answered without the signature that is configured");
        }
        boolean json = mediaType.equals("application/json") || mediaType.endsWith("+json");
        if (!json || !(JsonParser.parseObject(answer.body()) instanceof JsonParseResult.Parsed parsed)) {
            return failed("its answer is no JSON object");
        }
        return readMembers(parsed.members());
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private IntrospectionResponse readSigned(SignedAnswers expected, String compact) {
        ClaimsSet envelope = expected.verifier().verify(compact.strip()).orElse(null);
        if (envelope == null) {
            return failed("the signature of its answer cannot be verified");
        }
        boolean meantForUs = expected.issuer().equals(envelope.string("iss").orElse(null))
                && envelope.strings("aud").contains(expected.audience());
        if (!meantForUs || !isRecent(envelope.value("iat").orElse(null))) {
            return failed("its signed answer is not meant for us, or is old");
        }
        return envelope.value("token_introspection").orElse(null) instanceof Map<?, ?> members
                ? readMembers(asMembers(members))
                : failed("its signed answer holds no introspection");
    }

    private boolean isRecent(@Nullable Object iat) {
        Instant now = clock.instant();
        return iat instanceof Number seconds
                && Math.abs(now.getEpochSecond() - seconds.doubleValue()) <= SIGNED_ANSWER_AGE.toSeconds();
    }

    @SuppressWarnings("unchecked") // the parser makes no other maps
    private static Map<String, Object> asMembers(Map<?, ?> members) {
        return (Map<String, Object>) members;
    }

    private static IntrospectionResponse readMembers(Map<String, Object> members) {
        Object active = members.get("active");
        if (Boolean.FALSE.equals(active)) {
            return new IntrospectionResponse.Inactive();
        }
        return Boolean.TRUE.equals(active)
                ? new IntrospectionResponse.Active(claims(members))
                : failed("its answer does not say whether the token is active");
    }

    private static ClaimsSet claims(Map<String, Object> members) {
        Map<String, Object> claims = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != JsonNull.NULL || NULL_IS_MALFORMED.contains(name)) {
                claims.put(name, DATES.contains(name) ? date(value) : value);
            }
        });
        return ClaimsSet.of(Collections.unmodifiableMap(claims));
    }

    private static Object date(Object value) {
        return value instanceof String text && DIGITS.matcher(text).matches() ? (Object) Long.valueOf(text) : value;
    }

    private static IntrospectionResponse readRefusal(FetchResult.Refused refused) {
        int status = refused.status();
        if (status == 400) {
            return readBadRequest(refused);
        }
        if (status == 401 || status == 403) {
            return new IntrospectionResponse.ClientRejected(status);
        }
        if (REQUEST_STATUSES.contains(status)) {
            return new IntrospectionResponse.RequestRefused(status);
        }
        if (status >= 300 && status < 400) {
            return failed("it answered with a redirect (" + status
                    + "), which is never followed: check the endpoint's host, and the slash at its end");
        }
        return new IntrospectionResponse.Failed("it answered " + status, refused.retryAfter());
    }

    private static IntrospectionResponse readBadRequest(FetchResult.Refused refused) {
        String error = JsonParser.parseObject(refused.body())
                .match(parsed -> parsed.members().get("error") instanceof String code ? code : "", malformed -> "");
        if (TOKEN_ERRORS.contains(error)) {
            return new IntrospectionResponse.Inactive();
        }
        return error.equals("invalid_client") || error.equals("unauthorized_client")
                ? new IntrospectionResponse.ClientRejected(400)
                : new IntrospectionResponse.RequestRefused(400);
    }

    private static IntrospectionResponse failed(String problem) {
        return new IntrospectionResponse.Failed(problem, null);
    }
}
