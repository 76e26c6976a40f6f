package io.gatehouse.demo.issuer;

import io.gatehouse.demo.issuer.TokenAnswer.Issued;
import io.gatehouse.demo.issuer.TokenAnswer.Refused;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The token endpoint (RFC 6749 §3.2): a user's name and password, or a client's own credentials, for a token. */
@WebServlet("/issuer/token")
public class TokenEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient AccessTokens tokens;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TokenAnswer answer = TokenRequest.read(request).map(this::answer).orElse(Refused.INVALID_REQUEST);
        if (answer instanceof Issued issued) {
            JsonReply.send(response, HttpServletResponse.SC_OK, issued.body());
        } else if (answer instanceof Refused refused) {
            refuse(response, refused);
        }
    }

    private TokenAnswer answer(TokenRequest request) {
        Optional<Account> client = request.basic().flatMap(basic -> Account.client(basic.id(), basic.secret()));
        // Credentials that are wrong are refused also where none are needed (RFC 6749 §5.2).
        if (request.basic().isPresent() && client.isEmpty()) {
            return Refused.INVALID_CLIENT;
        }
        return switch (request.parameter("grant_type").orElse("")) {
            case "password" -> answerPassword(request);
            case "client_credentials" ->
                client.map(account -> issue(request, account)).orElse(Refused.INVALID_CLIENT);
            case "" -> Refused.INVALID_REQUEST;
            default -> Refused.UNSUPPORTED_GRANT_TYPE;
        };
    }

    private TokenAnswer answerPassword(TokenRequest request) {
        Optional<String> name = request.parameter("username");
        Optional<String> password = request.parameter("password");
        if (name.isEmpty() || password.isEmpty()) {
            return Refused.INVALID_REQUEST;
        }
        return Account.user(name.get(), password.get())
                .map(account -> issue(request, account))
                .orElse(Refused.INVALID_GRANT);
    }

    private TokenAnswer issue(TokenRequest request, Account account) {
        List<String> scopes = request.parameter("scope")
                .map(scope -> List.of(scope.split(" ")))
                .orElse(account.scopes());
        boolean opaque =
                request.parameter("token_format").filter("opaque"::equals).isPresent();
        return account.scopes().containsAll(scopes)
                ? new Issued(tokens.issue(account, scopes, opaque))
                : Refused.INVALID_SCOPE;
    }

    private static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        boolean client = refused == Refused.INVALID_CLIENT;
        if (client) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"issuer\"");
        }
        JsonObject body = Json.createObjectBuilder()
                .add("error", refused.error())
                .add("error_description", refused.description())
                .build();
        JsonReply.send(
                response, client ? HttpServletResponse.SC_UNAUTHORIZED : HttpServletResponse.SC_BAD_REQUEST, body);
    }
}
