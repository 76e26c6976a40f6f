package io.gatehouse.demo.issuer;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Nobody is at home under {@code /issuer} when the application trusts another issuer. */
@WebFilter("/issuer/*")
public class EmbeddedIssuerFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    transient EmbeddedIssuer issuer;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (issuer.isTrusted()) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
