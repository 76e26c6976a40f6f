package io.gatehouse.token;

import java.util.Objects;

/**
 * An authorization server whose tokens are taken.
 *
 * @param name what the configuration calls it, for logs and for keeping things of several issuers apart
 * @param issuer the exact value of its {@code iss} claim (RFC 7519 §4.1.1); compared character by character
 */
public record TrustedIssuer(String name, String issuer) {
    public TrustedIssuer {
        Objects.requireNonNull(name);
        Objects.requireNonNull(issuer);
    }
}
