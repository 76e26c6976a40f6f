package io.gatehouse.outbound;

import java.net.URI;
import java.util.Optional;

/** A token that is renewed, as a header. Thread-safe. */
record RenewableAuthorizer(RenewableToken token) implements Authorizer {

    @Override
    public Optional<String> authorization(URI target) {
        return Optional.of(BearerHeader.of(token.get().orThrow().accessToken()));
    }

    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return BearerHeader.token(refused).filter(token::renewAfterRefusal).isPresent();
    }
}
