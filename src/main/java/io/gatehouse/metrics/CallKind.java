package io.gatehouse.metrics;

/** What a call to an authorization server, or to one that knows of permissions, is for. */
public enum CallKind {
    /** Its metadata are read (OpenID Connect Discovery 1.0, RFC 8414). */
    DISCOVERY("discovery"),
    /** Its keys are fetched. */
    JWKS("jwks"),
    /** It is asked about a token (RFC 7662). */
    INTROSPECTION("introspection"),
    /** It gives us a token: to introspect with, or for calls of a client. */
    TOKEN("token"),
    /** It is to make a token invalid (RFC 7009). */
    REVOCATION("revocation"),
    /** A server is asked who may do what. */
    PERMISSION("permission");

    private final String label;

    CallKind(String label) {
        this.label = label;
    }

    /** As figures are labelled with it. */
    public String label() {
        return label;
    }
}
