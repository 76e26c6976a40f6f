package io.gatehouse.config;

import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.permission.PermissionSettings;
import io.gatehouse.permission.PermissionSettings.Asker;
import io.gatehouse.permission.PermissionSettings.CacheSettings;
import io.gatehouse.permission.PermissionSettings.Limits;
import io.gatehouse.permission.PermissionSettings.RoleLookup;
import io.gatehouse.permission.PermissionSettings.Subjects;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to ask a server about permissions.
 *
 * @param proof the token of our own; null where the caller's is sent
 */
record PermissionConfig(
        PermissionSettings.Provider provider,
        URI url,
        @Nullable ClientProof proof,
        Subjects subjects,
        String resourceType,
        CacheSettings cache,
        Limits limits,
        @Nullable RoleLookup roles) {

    PermissionSettings settings(JsonHttpClient client, Clock clock, Executor executor) {
        Asker asker = proof == null
                ? new Asker.TheCaller()
                : new Asker.TheService(proof.authentication(client, clock, executor));
        return new PermissionSettings(provider, url, asker, subjects, resourceType, cache, limits, roles);
    }
}
