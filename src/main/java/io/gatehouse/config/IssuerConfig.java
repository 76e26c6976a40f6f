package io.gatehouse.config;

import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one issuer, checked. Immutable.
 *
 * @param local there unless every token is asked about
 * @param remote there if the issuer is asked about tokens, be it for {@code @Introspected} resources only
 * @param roles what its signed tokens say about roles
 */
record IssuerConfig(
        TrustedIssuer issuer,
        ValidationMode mode,
        @Nullable LocalValidation local,
        @Nullable RemoteValidation remote,
        RoleSettings roles) {

    String name() {
        return issuer.name();
    }
}
