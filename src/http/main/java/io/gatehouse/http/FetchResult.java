package io.gatehouse.http;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of an exchange: an answer, a refusal, or nothing that can be used.
 *
 * <p>Bodies are handed over without a copy and may hold secrets, so no {@code toString} shows them.
 */
public sealed interface FetchResult {

    /** Calls the function that fits this result; every case has to be given. */
    <T> T match(
            Function<? super Ok, ? extends T> ok,
            Function<? super Refused, ? extends T> refused,
            Function<? super Unreachable, ? extends T> unreachable);

    /** Whether the server has said something, be it a refusal. */
    default boolean isAnswer() {
        return !(this instanceof Unreachable);
    }

    /**
     * Status 200, and no other.
     *
     * @param body the whole body as it came
     * @param contentType the {@code Content-Type} header as it came; empty where there was none
     * @param maxAge how long the body may be kept ({@code max-age} of {@code Cache-Control}), or null where nothing
     *     readable was said
     * @param date when the server says that it was made ({@code Date}), or null where nothing readable was said
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a parser: nobody compares results
    record Ok(
            byte[] body,
            String contentType,
            @Nullable Duration maxAge,
            @Nullable Instant date) implements FetchResult {

        /** One that does not say when it was made. */
        public Ok(byte[] body, String contentType, @Nullable Duration maxAge) {
            this(body, contentType, maxAge, null);
        }

        @Override
        public <T> T match(
                Function<? super Ok, ? extends T> ok,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unreachable, ? extends T> unreachable) {
            return ok.apply(this);
        }

        @Override
        public String toString() {
            return "Ok[" + body.length + " bytes]";
        }
    }

    /**
     * Any other status, redirects among them: they are never followed.
     *
     * @param status the HTTP status
     * @param body the whole body, for the error codes of RFC 6749 §5.2
     * @param contentType the {@code Content-Type} header as it came; empty where there was none
     * @param retryAfter when another attempt makes sense ({@code Retry-After}), or null where nothing readable was said
     * @param date see {@link Ok}
     */
    @SuppressWarnings("ArrayRecordComponent") // see Ok
    record Refused(
            int status,
            byte[] body,
            String contentType,
            @Nullable Duration retryAfter,
            @Nullable Instant date) implements FetchResult {

        /** One that does not say when it was made. */
        public Refused(int status, byte[] body, String contentType, @Nullable Duration retryAfter) {
            this(status, body, contentType, retryAfter, null);
        }

        @Override
        public <T> T match(
                Function<? super Ok, ? extends T> ok,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unreachable, ? extends T> unreachable) {
            return refused.apply(this);
        }

        @Override
        public String toString() {
            return "Refused[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * No answer, or one that was given up.
     *
     * @param problem which kind of fault, from a closed list: holds nothing of the URL, the request or the answer
     * @param passing whether it is of the kind that is over soon: no connection, or one that ended without an answer
     * @param sent whether the peer may have seen the request, and done what it asks for; false only where that is certain
     */
    record Unreachable(String problem, boolean passing, boolean sent) implements FetchResult {

        /** A fault after which nobody knows what the peer has seen. */
        public Unreachable(String problem, boolean passing) {
            this(problem, passing, true);
        }

        /** A fault of another kind. */
        public Unreachable(String problem) {
            this(problem, false);
        }

        @Override
        public <T> T match(
                Function<? super Ok, ? extends T> ok,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unreachable, ? extends T> unreachable) {
            return unreachable.apply(this);
        }
    }
}
