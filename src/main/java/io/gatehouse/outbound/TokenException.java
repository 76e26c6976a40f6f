package io.gatehouse.outbound;

/** No token could be had; {@link #failure()} says whose fault that is. The message holds no secret and no token. */
public final class TokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TokenResult.Failed failure;

    /** An exception for code that cannot go on without a token. */
    public TokenException(TokenResult.Failed failure) {
        super(failure.problem());
        this.failure = failure;
    }

    /** Who or what was refused, or that nobody could be asked. */
    public TokenResult.Failed failure() {
        return failure;
    }
}
