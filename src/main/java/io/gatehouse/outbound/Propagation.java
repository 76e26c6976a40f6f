package io.gatehouse.outbound;

import io.gatehouse.token.ValidatedToken;
import java.net.URI;
import java.util.Optional;

/** The caller's own token goes along. It is not ours to renew. */
record Propagation(CallersToken caller) implements Authorizer {

    @Override
    public Optional<String> authorization(URI target) {
        return caller.get().map(Propagation::header);
    }

    private static String header(ValidatedToken token) {
        return BearerHeader.of(token.accessToken().value());
    }

    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return false;
    }

    @Override
    public Authorizer forCaller() {
        return new Propagation(caller.now());
    }

    @Override
    public String toString() {
        return "Propagation[hidden]";
    }
}
