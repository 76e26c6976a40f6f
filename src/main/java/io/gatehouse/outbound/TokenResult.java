package io.gatehouse.outbound;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a token endpoint made of a request (RFC 6749 §5). No {@code toString} shows a token or a secret. */
public sealed interface TokenResult {

    /** Calls the function that fits this result; every case has to be given. */
    <T> T match(Function<? super Granted, ? extends T> granted, Function<? super Failed, ? extends T> failed);

    /**
     * The answer, for code that cannot go on without it.
     *
     * @throws TokenException in each other case
     */
    default TokenResponse orThrow() {
        return match(Granted::response, failed -> {
            throw new TokenException(failed);
        });
    }

    /** The endpoint gave a token. */
    record Granted(TokenResponse response) implements TokenResult {
        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted, Function<? super Failed, ? extends T> failed) {
            return granted.apply(this);
        }
    }

    /** There is no token, for one of three reasons. Serializable, because {@link TokenException} is. */
    sealed interface Failed extends TokenResult, Serializable {

        /** One sentence for a log: names the endpoint's origin and what happened, never a secret or a token. */
        String problem();

        /** When another attempt makes sense, where the endpoint said so ({@code Retry-After}). */
        default Optional<Duration> retryAfter() {
            return Optional.empty();
        }

        @Override
        default <T> T match(
                Function<? super Granted, ? extends T> granted, Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }

    /** Our own credentials were not taken: {@code invalid_client}, or status 401. Nothing helps but another configuration. */
    record ClientRejected(String problem) implements Failed {}

    /**
     * The grant was not taken: another error code of RFC 6749 §5.2, RFC 8693 §2.2.2 or an extension.
     *
     * @param error the code, such as {@code invalid_grant}
     * @param description {@code error_description} without control characters, bounded in length, and without what of the
     *     request it quotes that is secret; null where there was none
     */
    record GrantRejected(
            String problem, String error, @Nullable String description) implements Failed {

        /** The refresh token, assertion or code is used up, revoked or expired. */
        public boolean isInvalidGrant() {
            return error.equals("invalid_grant");
        }
    }

    /**
     * The endpoint is out of reach, overloaded, or answered what cannot be read.
     *
     * @param pause what {@code Retry-After} said; null where it said nothing
     */
    record Unreachable(String problem, @Nullable Duration pause) implements Failed {
        @Override
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(pause);
        }
    }
}
