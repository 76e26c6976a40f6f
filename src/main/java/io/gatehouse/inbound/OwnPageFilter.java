package io.gatehouse.inbound;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for an {@link OwnPage}. A filter, because the paths are known only after the container has put the
 * servlets together. Thread-safe.
 */
final class OwnPageFilter implements Filter {

    private final Supplier<List<OwnPage>> lookUp;
    private volatile @Nullable List<OwnPage> pages;

    /** The supplier is asked with the first request: CDI is there by then. */
    OwnPageFilter(Supplier<List<OwnPage>> lookUp) {
        this.lookUp = lookUp;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest httpRequest = (HttpServletRequest) request;
        for (OwnPage page : known()) {
            if (page.isAskedBy(httpRequest)) {
                page.answer(httpRequest, (HttpServletResponse) response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private List<OwnPage> known() {
        List<OwnPage> known = pages;
        if (known == null) {
            known = List.copyOf(lookUp.get());
            pages = known;
        }
        return known;
    }
}
