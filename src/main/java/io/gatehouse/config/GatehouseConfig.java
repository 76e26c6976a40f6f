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
 * @param permissions there where a server is asked about permissions
 * @param mode who finds out who calls a resource
 * @param resourceMetadata what is published about this application; null where nothing is
 * @param basic there where Basic credentials are taken beside tokens
 * @param whoAmIPath where callers are told who they are, below the context path; null where they are not
 * @param outbound whom we call, and as which client
 * @param refusals where the last refusals are shown
 * @param selfCheck whether the application looks, when it starts, at what the configuration leads to
 * @param names under which everything is set
 */
record GatehouseConfig(
        String realm,
        TokenTransport transport,
        List<IssuerConfig> issuers,
        @Nullable String opaqueTokens,
        JwtSettings jwt,
        @Nullable PermissionConfig permissions,
        @Nullable BasicSettings basic,
        AuthenticationMode mode,
        @Nullable ResourceMetadataSettings resourceMetadata,
        HttpSettings http,
        @Nullable String whoAmIPath,
        OutboundSettings outbound,
        RefusalListSettings refusals,
        boolean selfCheck,
        SettingNames names) {

    GatehouseConfig {
        issuers = List.copyOf(issuers);
    }
}
