package io.gatehouse.inbound;

import io.gatehouse.token.ValidatedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Hands the token of the running request to the application's code. Found by CDI; stateless. */
@ApplicationScoped
public class RequestToken {

    /** The token that the caller was let in by; null for callers without one. For the request in which it is injected. */
    @Produces
    @Nullable ValidatedToken token(HttpServletRequest request) {
        return request.getAttribute(ValidatedToken.REQUEST_ATTRIBUTE) instanceof ValidatedToken token ? token : null;
    }
}
