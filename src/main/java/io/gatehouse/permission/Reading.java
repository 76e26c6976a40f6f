package io.gatehouse.permission;

import io.gatehouse.http.FetchResult;
import io.gatehouse.json.JsonParser;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of the server says.
 *
 * @param <T> what was asked for
 */
sealed interface Reading<T> {

    /** What was asked for. */
    record Understood<T>(T value) implements Reading<T> {}

    /** The token that came with the question is not taken (401), or does not allow to ask (403). */
    record AskerRejected<T>(int status) implements Reading<T> {}

    /** The server does not like this question, and may well answer the next one. */
    record Refused<T>(int status, @Nullable Duration retryAfter) implements Reading<T> {}

    /**
     * The server is out of reach, broken, or says what makes no sense.
     *
     * @param passing whether another attempt may soon have more luck
     */
    record Failed<T>(String problem, @Nullable Duration retryAfter, boolean passing) implements Reading<T> {}

    /** Reads the answers to one kind of question. */
    interface Reader<T> {

        /** What a 200 says. */
        Reading<T> ok(FetchResult.Ok ok);

        /** What another status says, where it is an answer as well; else empty. */
        default Optional<Reading<T>> refused(int status) {
            return Optional.empty();
        }

        /** What any result says. */
        default Reading<T> read(FetchResult result) {
            return result.match(
                    this::ok,
                    refused -> refused(refused.status()).orElseGet(() -> byStatus(refused)),
                    unreachable -> new Failed<>(unreachable.problem(), null, unreachable.passing()));
        }
    }

    private static <T> Reading<T> byStatus(FetchResult.Refused refused) {
        int status = refused.status();
        if (status == 401 || status == 403) {
            return new AskerRejected<>(status);
        }
        // Whoever says when to come back does not want to be asked before.
        return status >= 500
                ? new Failed<>("it answered " + status, refused.retryAfter(), refused.retryAfter() == null)
                : new Refused<>(status, refused.retryAfter());
    }

    /** A 200 that nobody understands: a portal's page, an older version, somebody else's answer. */
    static <T> Reading<T> senseless(String problem) {
        return new Failed<>(problem, null, false);
    }

    /** The JSON object of an answer; null where it is none. */
    static @Nullable Map<String, Object> object(FetchResult.Ok ok) {
        return JsonParser.parseObject(ok.body()).match(parsed -> parsed.members(), malformed -> null);
    }
}
