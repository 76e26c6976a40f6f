package io.gatehouse.jwt;

import io.gatehouse.token.InvalidTokenReason;

/** What came of decoding a part of a token: the part, or the reason to refuse. */
sealed interface Decoded<T> {

    record Part<T>(T value) implements Decoded<T> {}

    record Refused<T>(InvalidTokenReason reason) implements Decoded<T> {}

    static <T> Decoded<T> of(T value) {
        return new Part<>(value);
    }

    static <T> Decoded<T> refused(InvalidTokenReason reason) {
        return new Refused<>(reason);
    }
}
