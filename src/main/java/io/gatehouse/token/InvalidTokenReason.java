package io.gatehouse.token;

/**
 * Why a token is refused. The list is closed, and its texts are constants, so that nothing of a token can reach an
 * answer through them. The characters are those that RFC 6750 §3 allows in {@code error_description}.
 */
public enum InvalidTokenReason {
    TOO_LONG("the token is longer than this server accepts"),
    MALFORMED("the token is malformed"),
    ENCRYPTION_REQUIRED("the token is not encrypted"),
    ENCRYPTION_NOT_ACCEPTED("encrypted tokens are not accepted here"),
    NOT_DECRYPTABLE("the token cannot be decrypted"),
    TYPE_NOT_ACCEPTED("the token is of a type that is not accepted here"),
    SENDER_CONSTRAINED("the token is bound to a key of its sender and cannot be used as a bearer token"),
    HEADER_NOT_ACCEPTED("the token has a header parameter that is not accepted"),
    ALGORITHM_NOT_ACCEPTED("the token is protected by an algorithm that is not accepted"),
    NOT_ACTIVE("the token is not active"),
    KEY_NOT_KNOWN("the token is signed by a key that is not known"),
    SIGNATURE_NOT_VALID("the signature of the token is not valid"),
    ISSUER_NOT_TRUSTED("the issuer of the token is not trusted"),
    AUDIENCE_NOT_ACCEPTED("the token is not meant for this resource"),
    EXPIRATION_MISSING("the token has no usable expiration time"),
    EXPIRED("the token has expired"),
    NOT_YET_VALID("the token is not valid yet"),
    ISSUED_AT_NOT_ACCEPTED("the token has no usable issue time"),
    TOO_OLD("the token was issued too long ago"),
    CLAIM_MISSING("the token lacks a claim that is required here"),
    CLAIM_VALUE_NOT_ACCEPTED("the token has a claim with a value that is not accepted here"),
    SCOPE_MISSING("the token lacks a scope that is required here"),
    CLAIM_MALFORMED("the token has a claim of the wrong type"),
    CALLER_NOT_NAMED("the token does not name its caller"),
    CALLER_NOT_ACCEPTED("the caller is not accepted here");

    private final String description;

    InvalidTokenReason(String description) {
        this.description = description;
    }

    /** One sentence for {@code error_description}. */
    public String description() {
        return description;
    }
}
