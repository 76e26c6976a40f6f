package io.gatehouse.basic;

import io.gatehouse.http.FetchResult;
import io.gatehouse.json.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a token endpoint answers to {@code client_credentials}. Immutable. */
final class TokenAnswerReader {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private static final int SERVER_ERROR = 500;

    /** What grows with the id and the secret: RFC 9110 §15.5.14 and §15.5.15, RFC 6585 §5. */
    private static final Set<Integer> TOO_LONG = Set.of(413, 414, 431);

    /** RFC 6749 §5.2. The other codes say that we asked in a wrong way. */
    private static final Set<String> CODES_ABOUT_THE_CLIENT =
            Set.of("invalid_client", "unauthorized_client", "invalid_scope");

    private final @Nullable String scope;

    /** A reader for those who asked for this scope; null asks for none. */
    TokenAnswerReader(@Nullable String scope) {
        this.scope = scope;
    }

    TokenAnswer read(FetchResult result) {
        return result.match(
                ok -> granted(ok.body()),
                this::refused,
                unreachable -> new TokenAnswer.Failed(unreachable.problem(), null));
    }

    private TokenAnswer granted(byte[] body) {
        Map<String, Object> answer = members(body);
        if (!(answer.get("access_token") instanceof String token) || token.isEmpty()) {
            return new TokenAnswer.Failed("its answer holds no access token", null);
        }
        return holdsScope(answer.get("scope")) ? new TokenAnswer.Granted() : new TokenAnswer.Refused();
    }

    /** RFC 6749 §5.1: what is not said is what was asked for; a server may also give less. */
    private boolean holdsScope(@Nullable Object given) {
        if (scope == null || given == null) {
            return true;
        }
        return given instanceof String text && words(text).containsAll(words(scope));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" ", -1));
    }

    /** Servers were seen to answer 401 with other codes than the standard's, so that the status has to do. */
    private TokenAnswer refused(FetchResult.Refused refused) {
        if (refused.status() == UNAUTHORIZED || TOO_LONG.contains(refused.status())) {
            return new TokenAnswer.Refused();
        }
        if (refused.status() == BAD_REQUEST
                && members(refused.body()).get("error") instanceof String code
                && CODES_ABOUT_THE_CLIENT.contains(code)) {
            return new TokenAnswer.Refused();
        }
        return refused.status() < SERVER_ERROR
                ? new TokenAnswer.NotJudged(refused.status(), refused.retryAfter())
                : new TokenAnswer.Failed("it answered " + refused.status(), refused.retryAfter());
    }

    private static Map<String, Object> members(byte[] body) {
        return JsonParser.parseObject(body).match(parsed -> parsed.members(), malformed -> Map.of());
    }
}
