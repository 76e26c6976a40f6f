package io.gatehouse.refusal;

import io.gatehouse.token.InvalidTokenReason;

/**
 * What a refusal is called in the log, in the list of the latest refusals and in {@code docs/refusals.md}, which lists the
 * same ones. The list is closed. A code keeps its meaning for good: one that is given up is never used again.
 */
public enum RefusalCode {
    CREDENTIALS_NEEDED(
            "GATE-CREDENTIALS",
            "the request has no credentials, and they are required",
            "send a token as \"Authorization: Bearer ...\", or in the place that mp.jwt.token.header names"),
    REQUEST_MALFORMED(
            "GATE-REQUEST",
            "the credentials of the request cannot be read",
            "send one token, in one place, and no other credentials beside it"),

    TOO_LONG("GATE-LENGTH", "the token is longer than is accepted", "see gatehouse.maximum-token-length"),
    MALFORMED(
            "GATE-MALFORMED",
            "the token is no well-formed signed JWT",
            "if it is an opaque token, its issuer has to be asked: set gatehouse.introspection.endpoint"),
    ENCRYPTION_REQUIRED(
            "GATE-NOT-ENCRYPTED",
            "the token is not encrypted, and only encrypted ones are accepted",
            "where tokens are not encrypted, remove mp.jwt.decrypt.key.location"),
    ENCRYPTION_NOT_ACCEPTED(
            "GATE-ENCRYPTED",
            "the token is encrypted, and there is no key to open it",
            "set mp.jwt.decrypt.key.location, or have the issuer send signed tokens"),
    NOT_DECRYPTABLE(
            "GATE-DECRYPTION",
            "the token cannot be decrypted with the keys that are configured",
            "see mp.jwt.decrypt.key.location: the issuer has to encrypt for the key there"),
    TYPE("GATE-TYPE", "the token is of another type than the accepted ones", "see gatehouse.token-types"),
    SENDER_CONSTRAINED(
            "GATE-SENDER",
            "the token is bound to a key of its sender (\"cnf\"), and nobody here checks that",
            "have the issuer send plain bearer tokens, or see gatehouse.allow-sender-constrained-tokens"),
    HEADER(
            "GATE-HEADER",
            "the token has a header parameter that is never accepted",
            "no property admits it: have the issuer leave it out"),
    ALGORITHM(
            "GATE-ALGORITHM",
            "the token is protected by an algorithm that is not accepted",
            "see gatehouse.algorithms, and the \"alg\" of the issuer's keys"),
    NOT_ACTIVE(
            "GATE-NOT-ACTIVE",
            "the issuer says that the token is not active",
            "it has expired, was revoked or never was; if not, see gatehouse.introspection.endpoint and .client-id"),
    KEY("GATE-KEY", "no key of the issuer is the one that the token names", "see mp.jwt.verify.publickey.location"),
    SIGNATURE(
            "GATE-SIGNATURE",
            "the signature of the token was made by none of the issuer's keys",
            "it was altered, or the keys are those of another server: see mp.jwt.verify.publickey.location"),
    ISSUER("GATE-ISSUER", "the issuer of the token is not trusted", "see mp.jwt.verify.issuer"),
    AUDIENCE("GATE-AUDIENCE", "the token is not meant for this application", "see mp.jwt.verify.audiences"),
    EXPIRATION(
            "GATE-EXPIRATION",
            "the token does not say when it expires",
            "no property waives \"exp\": have the issuer add it"),
    EXPIRED(
            "GATE-EXPIRED",
            "the token has expired",
            "get a new one; for clocks that differ see mp.jwt.verify.clock.skew"),
    NOT_YET_VALID(
            "GATE-NOT-YET-VALID", "the token is not valid yet", "compare the clocks, and see mp.jwt.verify.clock.skew"),
    ISSUED_AT(
            "GATE-ISSUED-AT",
            "the token does not say when it was issued, or names an impossible time",
            "compare the clocks, and see mp.jwt.verify.clock.skew and gatehouse.allow-missing-iat"),
    TOO_OLD("GATE-AGE", "the token was issued too long ago", "see mp.jwt.verify.token.age"),
    CLAIM_MISSING("GATE-CLAIM", "the token lacks a claim that is required", "see gatehouse.required-claims"),
    CLAIM_VALUE(
            "GATE-CLAIM-VALUE",
            "the token has a claim with another value than the accepted ones",
            "see gatehouse.required-claims"),
    TOKEN_SCOPE("GATE-SCOPE", "the token lacks a scope that every token needs here", "see gatehouse.required-scopes"),
    CLAIM_MALFORMED(
            "GATE-CLAIM-TYPE", "the token has a claim of the wrong type", "no property waives it: ask the issuer"),
    CALLER_NAME("GATE-CALLER-NAME", "the token does not name its caller", "see gatehouse.principal-claims"),
    CALLER_NOT_ACCEPTED(
            "GATE-CALLER",
            "the token is good, and an identity store does not accept its caller",
            "look at the identity stores of the application"),

    BASIC(
            "GATE-BASIC",
            "no identity store accepts the name and password",
            "see gatehouse.basic.users.<name>.password-hash, and the identity stores of the application"),
    BASIC_INSECURE(
            "GATE-BASIC-INSECURE",
            "Basic credentials came over plain http",
            "use https; where something else protects the connection, see gatehouse.allow-plain-http"),
    ATTEMPTS(
            "GATE-ATTEMPTS",
            "too many Basic credentials were wrong, so no more are looked at for a while",
            "see gatehouse.basic.failures-per-caller and gatehouse.basic.failure-window"),

    ROLE(
            "GATE-ROLE",
            "the caller has none of the roles that the resource asks for",
            "see gatehouse.roles.claims, gatehouse.roles.map.<role> and the @RolesAllowed of the resource"),
    SCOPE(
            "GATE-RESOURCE-SCOPE",
            "the token lacks a scope that the resource asks for",
            "the client has to ask the issuer for it; see the @RequiresScope of the resource"),
    LOGIN(
            "GATE-LOGIN",
            "the user has to log in again, or in another way, for this resource",
            "see the @RequiresAuthentication of the resource, and \"acr\" and \"auth_time\" of the token"),
    NOBODY(
            "GATE-NOBODY",
            "nobody may call the resource",
            "see its @DenyAll; or its annotations contradict each other, and GATE0702 in the log says how"),
    PERMISSION(
            "GATE-PERMISSION",
            "the caller lacks a permission that the resource asks for",
            "see gatehouse.permissions.url, and the @RequiresPermission of the resource"),
    APPLICATION(
            "GATE-APPLICATION",
            "a check of the application refuses the request",
            "look at the application's implementations of ResourceCheck"),

    ISSUER_UNAVAILABLE(
            "GATE-ISSUER-UNAVAILABLE",
            "the keys of the issuer are out of reach, or the issuer itself where it has to be asked",
            "see gatehouse.issuers.<issuer>.jwks-uri and gatehouse.introspection.endpoint, and GATE0103 or GATE0301"),
    STORE_UNAVAILABLE(
            "GATE-STORE-UNAVAILABLE",
            "an identity store or a source of roles failed",
            "look for GATE0204 and GATE0207 in the log"),
    PERMISSION_UNAVAILABLE(
            "GATE-PERMISSION-UNAVAILABLE",
            "the server that knows about permissions is out of reach",
            "see gatehouse.permissions.url"),
    CONTAINER(
            "GATE-CONTAINER",
            "the server does not guard what it is to guard: it takes no callers from the application, or enforces nothing",
            "look for GATE0211 and GATE0212 in the log, and see gatehouse.mode"),
    DEFECT(
            "GATE-DEFECT",
            "something failed that never should",
            "look for GATE0201, GATE0703, GATE0807 and GATE0808 in the log");

    private final String text;
    private final String meaning;
    private final String remedy;

    RefusalCode(String text, String meaning, String remedy) {
        this.text = text;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The code itself, such as {@code GATE-AUDIENCE}. */
    public String text() {
        return text;
    }

    /** What it means: half a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do, or which property to look at, where nothing is known of the request. */
    public String remedy() {
        return remedy;
    }

    /** The code for a token that is refused. */
    public static RefusalCode of(InvalidTokenReason reason) {
        return switch (reason) {
            case TOO_LONG -> TOO_LONG;
            case MALFORMED -> MALFORMED;
            case ENCRYPTION_REQUIRED -> ENCRYPTION_REQUIRED;
            case ENCRYPTION_NOT_ACCEPTED -> ENCRYPTION_NOT_ACCEPTED;
            case NOT_DECRYPTABLE -> NOT_DECRYPTABLE;
            case TYPE_NOT_ACCEPTED -> TYPE;
            case SENDER_CONSTRAINED -> SENDER_CONSTRAINED;
            case HEADER_NOT_ACCEPTED -> HEADER;
            case ALGORITHM_NOT_ACCEPTED -> ALGORITHM;
            case NOT_ACTIVE -> NOT_ACTIVE;
            case KEY_NOT_KNOWN -> KEY;
            case SIGNATURE_NOT_VALID -> SIGNATURE;
            case ISSUER_NOT_TRUSTED -> ISSUER;
            case AUDIENCE_NOT_ACCEPTED -> AUDIENCE;
            case EXPIRATION_MISSING -> EXPIRATION;
            case EXPIRED -> EXPIRED;
            case NOT_YET_VALID -> NOT_YET_VALID;
            case ISSUED_AT_NOT_ACCEPTED -> ISSUED_AT;
            case TOO_OLD -> TOO_OLD;
            case CLAIM_MISSING -> CLAIM_MISSING;
            case CLAIM_VALUE_NOT_ACCEPTED -> CLAIM_VALUE;
            case SCOPE_MISSING -> TOKEN_SCOPE;
            case CLAIM_MALFORMED -> CLAIM_MALFORMED;
            case CALLER_NOT_NAMED -> CALLER_NAME;
            case CALLER_NOT_ACCEPTED -> CALLER_NOT_ACCEPTED;
        };
    }
}
