package io.gatehouse.demo.issuer;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Ends an opaque token (RFC 7009); whoever has a token of this demo may end it. */
@WebServlet("/issuer/revoke")
public class RevocationEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient OpaqueTokens tokens;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        TokenRequest.read(request)
                .flatMap(revocation -> revocation.parameter("token"))
                .ifPresentOrElse(tokens::revoke, () -> response.setStatus(HttpServletResponse.SC_BAD_REQUEST));
    }
}
