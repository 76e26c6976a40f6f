package io.gatehouse.demo.issuer;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The public keys as a JWK set (RFC 7517 §5). */
@WebServlet("/issuer/jwks")
public class JwkSetEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient AccessTokens tokens;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonReply.send(response, HttpServletResponse.SC_OK, tokens.jwkSet());
    }
}
