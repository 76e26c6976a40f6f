package io.gatehouse.config;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.inbound.TokenTransport;
import io.gatehouse.jwt.JwtSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, checked: the settings of each room. Immutable.
 *
 * @param issuers all trusted issuers; at least one
 * @param opaqueTokens the name of the issuer that is asked about tokens that name no trusted issuer; null where they are
 *     refused
 * @param mode who finds out who calls a resource
 * @param resourceMetadata what is published about this application; null where nothing is
 * @param basic there where Basic credentials are taken beside tokens
 */
record GatehouseConfig(
        String realm,
        TokenTransport transport,
        List<IssuerConfig> issuers,
        @Nullable String opaqueTokens,
        JwtSettings jwt,
        @Nullable BasicSettings basic,
        AuthenticationMode mode,
        @Nullable ResourceMetadataSettings resourceMetadata,
        HttpSettings http) {

    GatehouseConfig {
        issuers = List.copyOf(issuers);
    }
}
