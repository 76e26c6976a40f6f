package io.gatehouse.outbound;

import java.net.URI;
import java.util.Optional;

/**
 * A token that somebody else gets and renews: it is handed in, and used until another one is. Thread-safe; each call sees
 * the old token or the new one, whole. {@link #toString()} hides it.
 */
public final class StaticToken implements Authorizer {

    private volatile String header;

    StaticToken(String token) {
        this.header = BearerHeader.of(BearerHeader.requireToken(token));
    }

    /**
     * From now on this token goes along.
     *
     * @throws IllegalArgumentException where it fits into no header
     */
    public void update(String token) {
        header = BearerHeader.of(BearerHeader.requireToken(token));
    }

    @Override
    public Optional<String> authorization(URI target) {
        return Optional.of(header);
    }

    /** True where another token was handed in since. */
    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return !header.equals(refused);
    }

    @Override
    public String toString() {
        return "StaticToken[hidden]";
    }
}
