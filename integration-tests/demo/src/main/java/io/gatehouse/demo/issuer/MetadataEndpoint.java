package io.gatehouse.demo.issuer;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The issuer's metadata, where OpenID Connect Discovery §4 looks for it, with the members of RFC 8414 §2. */
@WebServlet("/issuer/.well-known/openid-configuration")
public class MetadataEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient EmbeddedIssuer issuer;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonReply.send(response, HttpServletResponse.SC_OK, metadata());
    }

    private JsonObject metadata() {
        return Json.createObjectBuilder()
                .add("issuer", issuer.issuer())
                .add("token_endpoint", issuer.tokenEndpoint())
                .add("jwks_uri", issuer.jwkSetLocation())
                .add("scopes_supported", Json.createArrayBuilder().add("read").add("write"))
                .add("response_types_supported", Json.createArrayBuilder())
                .add(
                        "grant_types_supported",
                        Json.createArrayBuilder().add("password").add("client_credentials"))
                .add(
                        "token_endpoint_auth_methods_supported",
                        Json.createArrayBuilder().add("client_secret_basic").add("none"))
                .build();
    }
}
