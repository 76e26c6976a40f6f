package io.gatehouse.jwt;

import io.gatehouse.token.TokenValidator;

/** Which way the JWTs of a trusted issuer go. */
public sealed interface IssuerRoute {

    /** Verified here, with nobody asked. */
    record Verified(JwtTrust trust) implements IssuerRoute {}

    /** Verified here, and then taken only if the issuer has not revoked it. */
    record Confirmed(JwtTrust trust, TokenValidator issuer) implements IssuerRoute {}

    /** The issuer is asked, whatever the token looks like. */
    record Asked(TokenValidator issuer) implements IssuerRoute {}
}
