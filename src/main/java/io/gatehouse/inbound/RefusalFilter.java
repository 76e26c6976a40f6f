package io.gatehouse.inbound;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Ends a request that the mechanism refused but the container let through. Stateless. */
final class RefusalFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<AuthenticationReply> refusal = AuthenticationReply.leftIn((HttpServletRequest) request);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
        } else if (!response.isCommitted()) {
            refusal.get().writeTo((HttpServletResponse) response);
        }
    }
}
