package io.gatehouse.config;

import io.gatehouse.http.ClientAuthentication;
import io.gatehouse.outbound.ClientAssertion;
import io.gatehouse.outbound.SigningKeys;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** How a client proves to its authorization server who it is, as configured. */
sealed interface ClientIdentity {

    /**
     * Ready for use.
     *
     * @param keys the keys of the client; null where it has none
     */
    ClientAuthentication authentication(@Nullable SigningKeys keys, Clock clock);

    /** Something that needs nothing further. */
    record Ready(ClientAuthentication authentication) implements ClientIdentity {
        @Override
        public ClientAuthentication authentication(@Nullable SigningKeys keys, Clock clock) {
            return authentication;
        }
    }

    /** {@code private_key_jwt}. */
    record Assertion(String clientId, String audience) implements ClientIdentity {
        @Override
        public ClientAuthentication authentication(@Nullable SigningKeys keys, Clock clock) {
            if (keys == null) {
                throw new IllegalStateException("no keys to sign with");
            }
            return new ClientAuthentication.PrivateKeyJwt(
                    clientId, new ClientAssertion(keys::current, clientId, audience, clock));
        }
    }
}
