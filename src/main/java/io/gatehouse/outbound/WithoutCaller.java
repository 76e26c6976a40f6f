package io.gatehouse.outbound;

/** What becomes of a call that should go out with something of the caller's, where there is no caller with a token. */
public enum WithoutCaller {
    /** It fails with a {@link TokenException} before anything is sent. */
    FAIL,
    /** It goes without a header, as anybody's. */
    NO_HEADER
}
