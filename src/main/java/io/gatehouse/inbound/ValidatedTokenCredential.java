package io.gatehouse.inbound;

import io.gatehouse.token.ValidatedToken;
import jakarta.security.enterprise.credential.Credential;
import java.util.Objects;

/**
 * A token that was validated already, on its way to the identity stores. Immutable.
 *
 * <p>An application's own store may take it as well, for instance to refuse a caller: see
 * {@link jakarta.security.enterprise.identitystore.IdentityStore#validate(Credential)}.
 */
public final class ValidatedTokenCredential implements Credential {

    private final ValidatedToken token;

    ValidatedTokenCredential(ValidatedToken token) {
        this.token = Objects.requireNonNull(token);
    }

    /** The proof that the token is valid. */
    public ValidatedToken token() {
        return token;
    }

    @Override
    public String toString() {
        return "ValidatedTokenCredential[issuer=" + token.issuer().name() + "]";
    }
}
