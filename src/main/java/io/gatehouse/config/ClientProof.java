package io.gatehouse.config;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.http.ClientAuthentication.Bearer;
import io.gatehouse.http.JsonHttpClient;
import io.gatehouse.keys.SigningKey;
import io.gatehouse.outbound.ClientAssertion;
import io.gatehouse.outbound.ClientCredentialsToken;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How we prove who we are, as configured; what it needs at run time is added by {@link #authentication}. */
sealed interface ClientProof {

    ClientAuthentication authentication(JsonHttpClient client, Clock clock, Executor executor);

    /** Something that needs nothing further: a secret, a certificate, a token that somebody gave us. */
    record Ready(ClientAuthentication authentication) implements ClientProof {
        @Override
        public ClientAuthentication authentication(JsonHttpClient client, Clock clock, Executor executor) {
            return authentication;
        }
    }

    /** {@code private_key_jwt}. */
    record Assertion(String clientId, SigningKey key, String audience) implements ClientProof {
        @Override
        public ClientAuthentication authentication(JsonHttpClient client, Clock clock, Executor executor) {
            return new ClientAuthentication.PrivateKeyJwt(
                    clientId, new ClientAssertion(key, clientId, audience, clock));
        }
    }

    /** A bearer token that we fetch ourselves, proving at the token endpoint who we are. */
    record FetchedToken(
            URI tokenEndpoint, ClientProof there, @Nullable String scope) implements ClientProof {
        @Override
        public ClientAuthentication authentication(JsonHttpClient client, Clock clock, Executor executor) {
            ClientCredentialsToken token = new ClientCredentialsToken(
                    tokenEndpoint, there.authentication(client, clock, executor), scope, client, clock, executor);
            return new Bearer(token, token::discard);
        }
    }

    /** A bearer token that is written down in the configuration. */
    static ClientProof ofToken(String token) {
        return new Ready(new Bearer(() -> Optional.of(token), refused -> false));
    }
}
