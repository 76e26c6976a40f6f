package io.gatehouse.jwt;

import io.gatehouse.keys.KeyLookup;
import io.gatehouse.keys.VerificationKey;
import io.gatehouse.keys.VerificationKeys;
import io.gatehouse.token.AccessToken;
import io.gatehouse.token.ConfirmedTokenValidator;
import io.gatehouse.token.InvalidTokenReason;
import io.gatehouse.token.TokenValidationResult;
import io.gatehouse.token.TokenValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a token was accepted: its signature was that of a key. That much stays true; but the issuer may have withdrawn the
 * key since, or the token. Immutable; one serves for all tokens with the same header.
 *
 * @param keys the issuer's, where the key is looked for with each token as ever: they are renewed by that as well
 * @param kid as the token's header names it
 * @param signer the key that made the signature
 * @param confirming the issuer, where it is asked about each token besides
 */
record SignatureBasis(
        VerificationKeys keys,
        @Nullable String kid,
        VerificationKey signer,
        @Nullable TokenValidator confirming) {

    /** Decides about a token that was accepted on this basis; null where its signature has to be verified anew. */
    @Nullable TokenValidationResult decide(AccessToken token, TokenValidationResult.Valid before) {
        KeyLookup lookup = keys.lookup(kid);
        if (lookup instanceof KeyLookup.Found found) {
            return holds(found.keys()) ? confirmed(token, before) : null;
        }
        return lookup instanceof KeyLookup.Unavailable unavailable
                ? new TokenValidationResult.Unavailable(unavailable.retryAfter())
                : TokenValidationResult.Invalid.of(InvalidTokenReason.KEY_NOT_KNOWN);
    }

    /** The very object: a key that was read again may be equal, but to verify once more is no harm. */
    @SuppressWarnings("ReferenceEquality")
    private boolean holds(List<VerificationKey> known) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i) == signer) {
                return true;
            }
        }
        return false;
    }

    private TokenValidationResult confirmed(AccessToken token, TokenValidationResult.Valid before) {
        return confirming == null ? before : new ConfirmedTokenValidator(genuine -> before, confirming).validate(token);
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isThatOf(
            VerificationKeys otherKeys, VerificationKey otherSigner, @Nullable TokenValidator otherConfirming) {
        return keys == otherKeys && signer == otherSigner && confirming == otherConfirming;
    }
}
