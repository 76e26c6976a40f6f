package io.gatehouse.inbound;

import java.util.Objects;

/** Where a request carries its token. One place only: a token in another place is not seen. */
public sealed interface TokenTransport {

    /** {@code Authorization: Bearer …}. */
    record AuthorizationHeader() implements TokenTransport {}

    /** A cookie of this name. */
    record Cookie(String name) implements TokenTransport {
        public Cookie {
            Objects.requireNonNull(name);
        }
    }
}
