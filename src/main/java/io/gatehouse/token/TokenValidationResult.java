package io.gatehouse.token;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The decision about a token: it is valid, it is not, or nobody could be asked. */
public sealed interface TokenValidationResult {

    /** Calls the function that fits this result; every case has to be given. */
    <T> T match(
            Function<? super Valid, ? extends T> valid,
            Function<? super Invalid, ? extends T> invalid,
            Function<? super Unavailable, ? extends T> unavailable);

    /** The token is genuine, current and meant for this application. */
    record Valid(ValidatedToken token) implements TokenValidationResult {
        @Override
        public <T> T match(
                Function<? super Valid, ? extends T> valid,
                Function<? super Invalid, ? extends T> invalid,
                Function<? super Unavailable, ? extends T> unavailable) {
            return valid.apply(this);
        }
    }

    /** The token is refused: 401 {@code invalid_token} (RFC 6750 §3.1). */
    record Invalid(InvalidTokenReason reason) implements TokenValidationResult {

        private static final Map<InvalidTokenReason, Invalid> OF_EACH_REASON = Collections.unmodifiableMap(ofEach());

        private static Map<InvalidTokenReason, Invalid> ofEach() {
            Map<InvalidTokenReason, Invalid> all = new EnumMap<>(InvalidTokenReason.class);
            for (InvalidTokenReason reason : InvalidTokenReason.values()) {
                all.put(reason, new Invalid(reason));
            }
            return all;
        }

        /** The one for this reason: whoever floods us with rubbish shall not make us make anything. */
        public static Invalid of(InvalidTokenReason reason) {
            return requireNonNull(OF_EACH_REASON.get(reason));
        }

        @Override
        public <T> T match(
                Function<? super Valid, ? extends T> valid,
                Function<? super Invalid, ? extends T> invalid,
                Function<? super Unavailable, ? extends T> unavailable) {
            return invalid.apply(this);
        }
    }

    /**
     * The keys or the authorization server are out of reach: 503. A good token stays good.
     *
     * @param retryAfter when another attempt makes sense; goes into {@code Retry-After}
     */
    record Unavailable(Duration retryAfter) implements TokenValidationResult {
        @Override
        public <T> T match(
                Function<? super Valid, ? extends T> valid,
                Function<? super Invalid, ? extends T> invalid,
                Function<? super Unavailable, ? extends T> unavailable) {
            return unavailable.apply(this);
        }
    }
}
