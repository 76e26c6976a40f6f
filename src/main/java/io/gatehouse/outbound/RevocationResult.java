package io.gatehouse.outbound;

import java.util.function.Function;

/** What came of a revocation (RFC 7009 §2.2). */
public sealed interface RevocationResult {

    /** Calls the function that fits this result; every case has to be given. */
    <T> T match(Function<? super Revoked, ? extends T> revoked, Function<? super Failed, ? extends T> failed);

    /** The server does not take the token any more, or never knew it. */
    record Revoked() implements RevocationResult {
        @Override
        public <T> T match(
                Function<? super Revoked, ? extends T> revoked, Function<? super Failed, ? extends T> failed) {
            return revoked.apply(this);
        }
    }

    /** The token may still be in force. */
    record Failed(TokenResult.Failed failure) implements RevocationResult {
        @Override
        public <T> T match(
                Function<? super Revoked, ? extends T> revoked, Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
