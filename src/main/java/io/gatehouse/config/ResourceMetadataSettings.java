package io.gatehouse.config;

import io.gatehouse.json.JsonWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is published about this application as a protected resource (RFC 9728 §2). Immutable.
 *
 * @param resource what clients call this application
 * @param url where they find this
 */
record ResourceMetadataSettings(
        URI resource, URI url, List<String> authorizationServers, List<String> scopesSupported) {

    /** RFC 9728 §3.1. */
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    ResourceMetadataSettings {
        authorizationServers = List.copyOf(authorizationServers);
        scopesSupported = List.copyOf(scopesSupported);
    }

    /** Where the application itself answers: below its context root, and not below that of the host. */
    static URI urlBelow(URI resource) {
        String text = resource.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + WELL_KNOWN);
    }

    String document() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("resource", resource.toString());
        if (!authorizationServers.isEmpty()) {
            members.put("authorization_servers", authorizationServers);
        }
        if (!scopesSupported.isEmpty()) {
            members.put("scopes_supported", scopesSupported);
        }
        members.put("bearer_methods_supported", List.of("header"));
        return JsonWriter.write(members);
    }
}
