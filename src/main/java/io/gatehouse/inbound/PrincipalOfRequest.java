package io.gatehouse.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextException;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Reads from the request under way whom the JAX-RS filter let in. Stateless. */
@ApplicationScoped
public class PrincipalOfRequest {

    @Inject
    HttpServletRequest request;

    /** Null where the container knows who calls, where nobody does, and outside a request over HTTP. */
    public @Nullable Principal principal() {
        try {
            return CallerInRequest.unknownToContainer(request);
        } catch (IllegalStateException | ContextException noHttpRequest) {
            return null;
        }
    }
}
