package io.gatehouse.attachment;

import io.gatehouse.outbound.Authorizer;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Map;

/**
 * Attaches an authorizer to a JAX-RS client: {@code client.register(AuthorizerFeature.of(outboundClient))}. One for each
 * client; a second one is not taken.
 *
 * <p>Each call to one of the origins gets the authorizer's header, unless the application has set an {@code Authorization}
 * of its own. A 401 is answered by one renewal and one more attempt, where the request can be made again; whatever comes
 * then is the caller's. No redirect is followed: the 3xx is the caller's as well. Where no token can be had, the call fails
 * with a {@code ProcessingException} whose cause is the {@link io.gatehouse.outbound.TokenException}.
 */
public final class AuthorizerFeature implements Feature {

    /**
     * Sees the request before anybody has added to it, so that it can be made again from there. Jersey takes numbers below
     * for no number at all.
     */
    private static final int FIRST = 1;

    /** Nobody turns the request elsewhere after the header was set, and nobody else sees the header. */
    private static final int LAST = Integer.MAX_VALUE;

    /**
     * Response filters run from the highest number to the lowest. The application's have seen the 401 by then, and see the
     * second answer when it passes them in the second attempt: each answer passes each of them once. Below is what turns an
     * answer into an exception (MicroProfile Rest Client in RESTEasy, at 1).
     */
    private static final int AFTER_APPLICATION = 10;

    private final BoundAuthorizer authorizer;

    private AuthorizerFeature(BoundAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** The header of a configured client. */
    public static AuthorizerFeature of(OutboundClient client) {
        return of(client.authorizer(), client.origins());
    }

    /** The header of any authorizer, for these origins. */
    public static AuthorizerFeature of(Authorizer authorizer, AuthorizedOrigins origins) {
        return new AuthorizerFeature(BoundAuthorizer.of(authorizer, origins));
    }

    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().isRegistered(AuthorizerFilter.class)) {
            return false;
        }
        Redirects.switchOff(context::property);
        context.register(new RequestAsMadeFilter(), Map.of(ClientRequestFilter.class, FIRST));
        context.register(
                new AuthorizerFilter(authorizer),
                Map.of(ClientRequestFilter.class, LAST, ClientResponseFilter.class, AFTER_APPLICATION));
        return true;
    }
}
