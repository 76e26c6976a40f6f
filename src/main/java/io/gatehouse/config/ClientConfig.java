package io.gatehouse.config;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.outbound.InitialToken;
import io.gatehouse.outbound.TokenClientSettings.Assertions;
import io.gatehouse.outbound.TokenRequest;
import io.gatehouse.outbound.WithoutCaller;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client that we are, checked. Immutable; {@link #toString()} hides the secrets.
 *
 * @param targets the origins that its headers go to
 * @param restClients the full names of MicroProfile Rest Client interfaces
 * @param server where it asks for tokens, and how; null where it asks nobody
 * @param http the bounds of its exchanges, and its certificate
 * @param withoutCaller what becomes of its calls where what goes along is the caller's, and there is none
 * @param renewBefore null for the usual
 * @param storesInFile whether its refresh tokens outlive the application
 */
record ClientConfig(
        String name,
        ClientGrant grant,
        List<String> targets,
        List<String> restClients,
        @Nullable Server server,
        Credentials credentials,
        HttpSettings http,
        WithoutCaller withoutCaller,
        @Nullable Duration renewBefore,
        @Nullable String resourceServer,
        boolean storesInFile) {

    ClientConfig {
        targets = List.copyOf(targets);
        restClients = List.copyOf(restClients);
    }

    /**
     * An authorization server, and who we are there.
     *
     * @param discovery where its metadata are; null where they are not read
     * @param clientId who we are there
     * @param issuer what it calls itself, for the audience of assertions; null where only its metadata say so
     * @param keys the keys that we sign with, by where they are; null where we sign nothing
     * @param defaults of every request
     * @param timeout of a whole call
     */
    record Server(
            @Nullable Discovery discovery,
            @Nullable URI tokenEndpoint,
            @Nullable URI introspectionEndpoint,
            @Nullable URI revocationEndpoint,
            @Nullable String issuer,
            String clientId,
            ClientIdentity identity,
            @Nullable SigningKeyLocation keys,
            @Nullable Assertions assertions,
            TokenRequest defaults,
            Duration timeout) {}

    /** The places of metadata, and what they may call the issuer. */
    record Discovery(List<URI> documents, Set<String> issuers) {}

    /** What some grants need besides; {@link #toString()} hides it. */
    record Credentials(
            @Nullable String refreshToken,
            @Nullable String accessToken,
            @Nullable InitialToken initialToken,
            @Nullable String username,
            @Nullable String password,
            boolean raw,
            @Nullable String accessKey,
            @Nullable String serviceDomain,
            @Nullable String subject,
            Map<String, String> claims) {

        Credentials {
            claims = Map.copyOf(claims);
        }

        @Override
        public String toString() {
            return "Credentials[hidden]";
        }
    }
}
