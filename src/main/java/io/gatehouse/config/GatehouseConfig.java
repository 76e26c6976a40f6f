package io.gatehouse.config;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.inbound.TokenTransport;
import io.gatehouse.roles.RoleSettings;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, checked: the settings of each room. Immutable.
 *
 * @param local there unless every token is asked about
 * @param remote there if tokens are asked about, be it for {@code @Introspected} resources only
 * @param basic there where Basic credentials are taken beside tokens
 */
record GatehouseConfig(
        String realm,
        TokenTransport transport,
        ValidationMode mode,
        @Nullable LocalValidation local,
        @Nullable RemoteValidation remote,
        @Nullable BasicSettings basic,
        RoleSettings roles,
        HttpSettings http) {}
