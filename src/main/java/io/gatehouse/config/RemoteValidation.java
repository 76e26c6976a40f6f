package io.gatehouse.config;

import io.gatehouse.config.KeySource.Discovered;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.introspection.IntrospectionSettings.CacheSettings;
import io.gatehouse.introspection.IntrospectionSettings.Limits;
import io.gatehouse.roles.RoleSettings;
import io.gatehouse.token.ClaimsPolicy;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to ask an authorization server about tokens.
 *
 * @param endpoint where it is asked, or the metadata that say where
 * @param metadata there where the endpoint has to be found out first
 * @param signedAnswersAudience our client id, where signed answers are asked for; null where they are not
 */
record RemoteValidation(
        ClaimsPolicy claims,
        URI endpoint,
        @Nullable Discovered metadata,
        ClientProof proof,
        Map<String, String> parameters,
        @Nullable String signedAnswersAudience,
        CacheSettings cache,
        Limits limits,
        RoleSettings roles,
        HttpSettings http) {

    RemoteValidation {
        parameters = Map.copyOf(parameters);
    }
}
