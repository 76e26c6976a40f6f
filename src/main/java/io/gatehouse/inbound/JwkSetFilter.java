package io.gatehouse.inbound;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers where a {@link PublishedJwkSet} is asked for. A filter, because the path is known only after the container has
 * put the servlets together. Thread-safe.
 */
final class JwkSetFilter implements Filter {

    private final Supplier<PublishedJwkSet> lookUp;
    private volatile @Nullable PublishedJwkSet published;

    /** The supplier is asked with the first request: CDI is there by then. */
    JwkSetFilter(Supplier<PublishedJwkSet> lookUp) {
        this.lookUp = lookUp;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest httpRequest = (HttpServletRequest) request;
        PublishedJwkSet known = known();
        if (known.isAskedBy(httpRequest)) {
            known.answer(httpRequest, (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private PublishedJwkSet known() {
        PublishedJwkSet known = published;
        if (known == null) {
            known = lookUp.get();
            published = known;
        }
        return known;
    }
}
