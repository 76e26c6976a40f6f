package io.gatehouse.attachment;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import org.jspecify.annotations.Nullable;

/** Keeps the request as the application made it, before other filters add to it. Stateless. */
final class RequestAsMadeFilter implements ClientRequestFilter {

    private static final String PROPERTY = RequestAsMadeFilter.class.getName();

    @Override
    public void filter(ClientRequestContext request) {
        request.setProperty(PROPERTY, RequestAsMade.of(request));
    }

    /** What was kept; null where this filter did not run. */
    static @Nullable RequestAsMade of(ClientRequestContext request) {
        return request.getProperty(PROPERTY) instanceof RequestAsMade made ? made : null;
    }
}
