package io.gatehouse.outbound;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The same header for ever, or none. Immutable. */
record FixedAuthorizer(@Nullable String header) implements Authorizer {

    @Override
    public Optional<String> authorization(URI target) {
        return Optional.ofNullable(header);
    }

    @Override
    public boolean renewAfterRefusal(URI target, String refused) {
        return header != null && !header.equals(refused);
    }

    @Override
    public String toString() {
        return "FixedAuthorizer[hidden]";
    }
}
