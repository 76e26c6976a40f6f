package io.gatehouse.config;

import io.gatehouse.jwt.JwtSettings;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.RemoteJwkSetSettings;
import io.gatehouse.token.ClaimsPolicy;

/** What is needed to validate JWTs here. */
record LocalValidation(
        ClaimsPolicy claims,
        KeySource keySource,
        KeyPolicy keyPolicy,
        RemoteJwkSetSettings remoteKeys,
        JwtSettings jwt) {}
