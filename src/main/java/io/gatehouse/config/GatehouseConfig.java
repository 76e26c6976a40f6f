package io.gatehouse.config;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.inbound.TokenTransport;
import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.RemoteJwkSetSettings;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.ClaimsPolicy;

/** The whole configuration, checked: the settings of each room. Immutable. */
record GatehouseConfig(
        String realm,
        TokenTransport transport,
        ClaimsPolicy claims,
        KeySource keySource,
        KeyPolicy keyPolicy,
        RemoteJwkSetSettings remoteKeys,
        JwtSettings jwt,
        RoleSettings roles,
        HttpSettings http) {}
