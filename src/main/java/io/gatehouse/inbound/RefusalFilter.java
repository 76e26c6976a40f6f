package io.gatehouse.inbound;

import io.gatehouse.refusal.Refusal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Ends a request that the mechanism refused but the container let through; another one is left at hand. Stateless. */
final class RefusalFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Refusal> refusal = RefusalInRequest.leftIn((HttpServletRequest) request);
        if (refusal.isEmpty()) {
            RequestAtHand.leaveIn((HttpServletRequest) request);
            chain.doFilter(request, response);
        } else if (!response.isCommitted()) {
            RefusalInRequest.write(refusal.get(), (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }
}
