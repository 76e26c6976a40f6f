package io.gatehouse.config;

import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.RemoteJwkSetSettings;
import io.gatehouse.token.ClaimsPolicy;
import java.util.Set;

/**
 * What is needed to validate the JWTs of one issuer here.
 *
 * @param acceptedTypes the {@code typ} headers of its access tokens
 * @param keysProperty the name of the property that says where the keys are
 */
record LocalValidation(
        ClaimsPolicy claims,
        KeySource keySource,
        KeyPolicy keyPolicy,
        RemoteJwkSetSettings remoteKeys,
        Set<String> acceptedTypes,
        String keysProperty) {}
