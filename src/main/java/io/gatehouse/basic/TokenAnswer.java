package io.gatehouse.basic;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a token endpoint said to somebody's id and secret. The token itself is not kept. */
sealed interface TokenAnswer {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super Granted, ? extends T> granted,
            Supplier<? extends T> refused,
            Function<? super NotJudged, ? extends T> notJudged,
            Function<? super Failed, ? extends T> failed);

    /** A token. */
    record Granted() implements TokenAnswer {
        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted,
                Supplier<? extends T> refused,
                Function<? super NotJudged, ? extends T> notJudged,
                Function<? super Failed, ? extends T> failed) {
            return granted.apply(this);
        }
    }

    /** No token for this client. */
    record Refused() implements TokenAnswer {
        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted,
                Supplier<? extends T> refused,
                Function<? super NotJudged, ? extends T> notJudged,
                Function<? super Failed, ? extends T> failed) {
            return refused.get();
        }
    }

    /**
     * The server does not like this one request. Whoever sent us the id and the secret may have brought that about, so it
     * says nothing about the server's health.
     */
    record NotJudged(int status, @Nullable Duration retryAfter) implements TokenAnswer {
        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted,
                Supplier<? extends T> refused,
                Function<? super NotJudged, ? extends T> notJudged,
                Function<? super Failed, ? extends T> failed) {
            return notJudged.apply(this);
        }
    }

    /**
     * No answer, or none that can be used: the server is not well.
     *
     * @param problem for the log; holds nothing of the request or the answer's body
     */
    record Failed(String problem, @Nullable Duration retryAfter) implements TokenAnswer {
        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted,
                Supplier<? extends T> refused,
                Function<? super NotJudged, ? extends T> notJudged,
                Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
