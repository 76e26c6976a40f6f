package io.gatehouse.attachment;

import io.gatehouse.outbound.Authorizer;
import io.gatehouse.outbound.TokenClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client of the configuration, ready for use. Thread-safe.
 *
 * @param name as in {@code gatehouse.clients.<name>}
 * @param authorizer gives headers for the origins only, whoever made it
 * @param tokenClient asks the authorization server; null where this client has none ({@code static}, {@code basic}, {@code
 *     propagation}, {@code none})
 * @param origins where headers go
 * @param connectTimeout for calls to the targets
 * @param readTimeout for calls to the targets
 */
public record OutboundClient(
        String name,
        Authorizer authorizer,
        @Nullable TokenClient tokenClient,
        AuthorizedOrigins origins,
        Duration connectTimeout,
        Duration readTimeout) {

    public OutboundClient {
        authorizer = BoundAuthorizer.of(authorizer, origins);
    }

    /**
     * Hands another token in: from now on it goes along.
     *
     * @throws IllegalStateException where this client's grant is not {@code static}
     * @throws IllegalArgumentException where it fits into no header
     */
    public void update(String token) {
        if (!(authorizer instanceof BoundAuthorizer bound && bound.update(token))) {
            throw new IllegalStateException("the client \"" + name + "\" gets its tokens itself");
        }
    }

    /** The name and the origins: nothing of the tokens. */
    @Override
    public String toString() {
        return "OutboundClient[" + name + ", " + origins + "]";
    }
}
