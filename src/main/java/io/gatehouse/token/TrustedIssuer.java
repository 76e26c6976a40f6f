package io.gatehouse.token;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server whose tokens are taken.
 *
 * @param name what the configuration calls it, for logs and for keeping things of several issuers apart
 * @param issuer the exact value of its {@code iss} claim (RFC 7519 §4.1.1), compared character by character; null for a
 *     server that is asked itself and whose name is not known: it then does not matter what it calls itself
 */
public record TrustedIssuer(String name, @Nullable String issuer) {
    public TrustedIssuer {
        Objects.requireNonNull(name);
    }
}
