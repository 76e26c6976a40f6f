package io.gatehouse.inbound;

import io.gatehouse.token.AccessToken;
import io.gatehouse.token.TokenValidationResult;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request brought along. */
sealed interface PresentedCredential {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super Present, ? extends T> present,
            Supplier<? extends T> absent,
            Function<? super String, ? extends T> malformed);

    /**
     * One token.
     *
     * @param decision about it, where it was remembered; null where it has to be validated
     */
    record Present(AccessToken token, @Nullable TokenValidationResult decision) implements PresentedCredential {

        Present(AccessToken token) {
            this(token, null);
        }

        @Override
        public <T> T match(
                Function<? super Present, ? extends T> present,
                Supplier<? extends T> absent,
                Function<? super String, ? extends T> malformed) {
            return present.apply(this);
        }
    }

    /** Nothing that is meant for us: no credential, or one of another scheme. */
    record Absent() implements PresentedCredential {
        @Override
        public <T> T match(
                Function<? super Present, ? extends T> present,
                Supplier<? extends T> absent,
                Function<? super String, ? extends T> malformed) {
            return absent.get();
        }
    }

    /**
     * A token was meant, but the request is not well-formed: 400 {@code invalid_request} (RFC 6750 §3.1).
     *
     * @param description what is wrong, for {@code error_description}
     */
    record Malformed(String description) implements PresentedCredential {
        @Override
        public <T> T match(
                Function<? super Present, ? extends T> present,
                Supplier<? extends T> absent,
                Function<? super String, ? extends T> malformed) {
            return malformed.apply(description);
        }
    }
}
